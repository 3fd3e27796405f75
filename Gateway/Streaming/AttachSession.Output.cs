using System.Globalization;
using System.Text;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming;

/// <content>What the client gets.</content>
internal sealed partial class AttachSession
{
    private long _lost;
    private bool _lostUnknown;

    private async Task SendOutputAsync()
    {
        var pieces = new List<OutputPiece>();
        var frames = new List<OutputFrame>();
        try
        {
            while (!_end.Task.IsCompleted)
            {
                switch (await _output.ReadAsync(pieces))
                {
                    case OutputState.Data:
                        await DeliverAsync(pieces, frames);
                        break;
                    case OutputState.Ended:
                        TryEnd(EndCause.ContainerExited);
                        return;
                    default:
                        TryEnd(CauseOf(_output.Fault), _output.Fault?.Message ?? "");
                        return;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            TryEnd(EndCause.ClientGone);
        }
        catch (Exception fault)
        {
            Log.OutputFailed(_services.Logger, Key.Id, _claim.Container, fault);
            TryEnd(CauseOf(fault), fault.Message);
        }
    }

    private async ValueTask DeliverAsync(List<OutputPiece> pieces, List<OutputFrame> frames)
    {
        long bytes = 0;
        try
        {
            frames.Clear();
            foreach (var piece in pieces)
            {
                if (piece.Lost != 0)
                {
                    Count(piece.Lost);
                }

                if (_link is not null)
                {
                    await LocateAsync(_link, piece, frames);
                }
                else if (piece.Lost != 0)
                {
                    AddGap(frames, piece.Lost);
                }

                if (piece.Lost == 0 && IsWanted(piece.Stream))
                {
                    frames.Add(new OutputFrame(piece.Stream, piece.Data, piece.Offset));
                    bytes += piece.Data.Length;
                }
            }

            if (frames.Count > 0)
            {
                await _transport.WriteAsync(frames);
                _activity.Touch();
                _services.Metrics.OutputBytes(bytes);
                if (_typedAt != 0 && Interlocked.Exchange(ref _typedAt, 0) is not 0 and var typedAt)
                {
                    _services.Metrics.Echoes.Add(_services.Time.GetElapsedTime(typedAt));
                }
            }
        }
        finally
        {
            frames.Clear();
            pieces.Clear();
            _output.Advance();
        }
    }

    private bool IsWanted(StdioStream stream) => stream switch
    {
        StdioStream.Stdout => _claim.Streams.Stdout,
        StdioStream.Stderr => _claim.Streams.Stderr,
        _ => false,
    };

    private void Count(long lost)
    {
        _lostUnknown |= lost < 0;
        _lost += Math.Max(lost, 0);
        Log.Gap(_services.Logger, Key.Id, _claim.Container, lost);
        _services.Metrics.OutputLost(Math.Max(lost, 0));
    }

    /// <summary>A gap is told where people look and never inside a pipe's bytes; the final status tells it in any case.</summary>
    private void AddGap(List<OutputFrame> frames, long lost)
    {
        var stream = _claim.ContainerTty ? StdioStream.Stdout : StdioStream.Stderr;
        if (IsWanted(stream))
        {
            var newLine = _claim.ContainerTty ? "\r\n" : "\n";
            var amount = lost < 0 ? "an unknown number of" : lost.ToString(CultureInfo.InvariantCulture);
            frames.Add(new OutputFrame(stream, Encoding.UTF8.GetBytes($"{newLine}criattach: {amount} bytes of output are lost{newLine}")));
        }
    }

    private static EndCause CauseOf(Exception? fault) => fault switch
    {
        ContainerNotFoundException => EndCause.ContainerRemoved,
        CriAttachException and not NodeUnavailableException => EndCause.Failed,
        _ => EndCause.NodeUnavailable,
    };

    private async Task<SessionStatus?> LastWordsAsync(SessionEnd end)
    {
        if (!IsInterrupted(end) && end.Cause is not (EndCause.ContainerExited or EndCause.ClientDetached or EndCause.ClientGone or EndCause.Resumed))
        {
            await TellAsync(new SessionOver { Cause = EndCauseWords.NameOf(end.Cause), Message = EndCauseWords.Of(end, _services.Options.Value) });
        }

        return await StatusAsync(end);
    }

    private async Task<SessionStatus?> StatusAsync(SessionEnd end) => end.Cause switch
    {
        EndCause.ClientDetached or EndCause.ClientGone or EndCause.Resumed or EndCause.ProtocolFault => null,
        _ when IsInterrupted(end) => null,
        EndCause.ContainerExited when _lost > 0 || _lostUnknown => SessionStatus.InternalError(
            _lostUnknown ? $"more than {_lost} bytes of the container's output are lost" : $"{_lost} bytes of the container's output are lost"),
        EndCause.ContainerExited when _claim.ExitStatus => await _services.Calls.WaitExitCodeAsync(_claim.Container) is { } code and not 0
            ? SessionStatus.NonZeroExitCode(code)
            : SessionStatus.Success,
        EndCause.ContainerExited => SessionStatus.Success,
        _ => SessionStatus.InternalError($"error attaching to container: {EndCauseWords.Of(end, _services.Options.Value)}"),
    };
}
