using System.Globalization;
using System.Security.Cryptography;
using CriAttach.Wire.Resume;

namespace CriAttach.Cli.Streaming.Resume;

/// <content>Coming back after a break.</content>
internal sealed partial class ResumingSession
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private bool _moving;
    private int _at;
    private volatile bool _waitsForHello = true;
    private long _stoodSince;
    private long _brokenSince;
    private TimeSpan _pause = FirstPause;

    /// <summary>Connects again, by whatever gateway takes us.</summary>
    /// <returns>Why the session is over; null when it goes on.</returns>
    private async Task<AttachEnd?> ReconnectAsync(AttachEnd lost, ResumeHello hello)
    {
        await _link.DisposeAsync();
        if (!_moving)
        {
            _notice($"{lost.Message}; resuming");
        }

        // The one that just failed comes last.
        _at += 1;
        _moving = false;
        await HoldInputAsync();
        await PaceAsync();
        for (var failures = 1; !_leaving; failures++)
        {
            try
            {
                var url = Next(hello);
                _link = await AttachSession.ConnectAsync(url, _options, _over.Token);
                Url = url;
                _stoodSince = _options.Clock.GetTimestamp();
                if (_options.Clock.GetElapsedTime(_brokenSince) is { TotalSeconds: >= 1 } took)
                {
                    _notice(string.Create(CultureInfo.InvariantCulture, $"resumed after {took.TotalSeconds:0.0} s"));
                }

                return null;
            }
            catch (AttachRefusedException refusal) when (refusal.StatusCode is >= 400 and < 500)
            {
                return new(AttachEndKind.Failed, $"the session cannot be resumed: {refusal.Message}");
            }
            catch (AttachRefusedException refusal)
            {
                lost = new(AttachEndKind.ConnectionLost, refusal.Message);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            _at++;
            if (_options.Clock.GetElapsedTime(_brokenSince).TotalSeconds > hello.Window)
            {
                return new(AttachEndKind.ConnectionLost, $"the session could not be resumed within {hello.Window:0} s: {lost.Message}");
            }

            if (failures % Urls(hello).Count == 0)
            {
                await WaitAsync();
            }
        }

        return new(AttachEndKind.Detached);
    }

    /// <summary>A connection that ends as soon as it stands is no reason to begin again at once, and for ever.</summary>
    private async Task PaceAsync()
    {
        if (_stoodSince != 0 && _options.Clock.GetElapsedTime(_stoodSince) < Stable)
        {
            await WaitAsync();
            return;
        }

        _brokenSince = _options.Clock.GetTimestamp();
        _pause = FirstPause;
    }

    /// <summary>No input may go out before the hello; where the last connection never said it, that is so already.</summary>
    private async Task HoldInputAsync()
    {
        if (!_waitsForHello)
        {
            await _gate.WaitAsync();
        }

        _waitsForHello = true;
    }

    // Clients that lost the same gateway are not to come back at the same moment.
    private async Task WaitAsync()
    {
        var pause = _pause;
        _pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        try
        {
            await Task.Delay(pause * (0.75 + (RandomNumberGenerator.GetInt32(500) / 1000.0)), _options.Clock, _over.Token);
        }
        catch (OperationCanceledException)
        {
            // Disposed; the loop's next attempt ends it.
        }
    }

    private Uri Next(ResumeHello hello)
    {
        var urls = Urls(hello);
        var point = new ResumePoint(_epoch, _next, _unacked.End);
        return new Uri($"{urls[_at % urls.Count]}{hello.Token}?{point.ToQuery()}");
    }

    private IReadOnlyList<string> Urls(ResumeHello hello) =>
        _via is null ? hello.Urls : [AttachUrl.Via(new Uri(hello.Urls[0]), _via).ToString()];
}
