using System.Globalization;
using System.Text;
using CriAttach.Wire.Channels;

namespace CriAttach.Cli.Streaming;

/// <summary>Sends small chunks to a container that echoes its input, one after the other, and takes the time of each round.</summary>
internal sealed class EchoMeter(AttachSession session, TimeProvider clock)
{
    private const int MaxScan = 64 * 1024;
    private readonly StringBuilder _seen = new();

    /// <summary>Measures.</summary>
    /// <param name="count">How many chunks to send.</param>
    /// <param name="patience">How long each echo may take.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <returns>The times.</returns>
    /// <exception cref="TimeoutException">An echo did not come in time.</exception>
    /// <exception cref="AttachRefusedException">The session ended before the last echo.</exception>
    public async Task<EchoResult> MeasureAsync(int count, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var times = new List<TimeSpan>(count);
        long bytes = 0;
        for (var i = 0; i < count; i++)
        {
            var token = string.Create(CultureInfo.InvariantCulture, $"criattach-{i:x6}.");
            var start = clock.GetTimestamp();
            await session.SendStdinAsync(Encoding.ASCII.GetBytes(token + "\n"), cancellationToken);
            await WaitForAsync(token, patience, cancellationToken);
            times.Add(clock.GetElapsedTime(start));
            bytes += token.Length;
        }

        return new(bytes, times);
    }

    private async Task WaitForAsync(string token, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (!TryFind(token))
            {
                if (await session.ReadAsync(either.Token) is not { } piece)
                {
                    throw new AttachRefusedException($"the session ended before the echo came: {session.End?.Kind} {session.End?.Message}".TrimEnd());
                }

                if (piece.Channel == StdioChannel.Stdout)
                {
                    _seen.Append(Encoding.Latin1.GetString(piece.Payload.Span));
                }
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"no echo of '{token}' within {patience.TotalSeconds:0.#} s: does PID 1 echo its input, as cat does?");
        }
    }

    private bool TryFind(string token)
    {
        var text = _seen.ToString();
        var at = text.IndexOf(token, StringComparison.Ordinal);
        var done = at >= 0 ? at + token.Length : Math.Max(0, text.Length - MaxScan);
        _seen.Remove(0, done);
        return at >= 0;
    }
}
