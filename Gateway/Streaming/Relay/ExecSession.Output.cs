using System.Buffers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.Relay;

/// <content>What the client gets.</content>
internal sealed partial class ExecSession
{
    private readonly List<OutputFrame> _frames = [];
    private SessionStatus? _status;

    private async Task SendOutputAsync()
    {
        if (await _starting is not { } streams)
        {
            return;
        }

        _ = StopReadingAsync(streams);
        using var turn = new SemaphoreSlim(1, 1);
        try
        {
            var status = new ArrayBufferWriter<byte>();
            await Task.WhenAll(
                PumpAsync(streams.Stdout, StdioStream.Stdout, turn),
                PumpAsync(streams.Stderr, StdioStream.Stderr, turn),
                ReadStatusAsync(streams.Error, status));
            if (!_end.Task.IsCompleted)
            {
                await JudgeAsync(streams, status.WrittenMemory);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            TryEnd(EndCause.ClientGone);
        }
        catch (Exception fault)
        {
            RelayEndpoint.Log.Failed(_services.Logger, _target, fault);
            TryEnd(EndCause.Failed, fault.Message);
        }
    }

    // Whoever waits for output need not wait for it after the end.
    private async Task StopReadingAsync(ExecStreamSet streams)
    {
        await _end.Task;
        foreach (var stream in streams.Readable)
        {
            stream.Input.CancelPendingRead();
        }
    }

    private async Task PumpAsync(SpdyStream? stream, StdioStream kind, SemaphoreSlim turn)
    {
        while (stream is not null && !_end.Task.IsCompleted)
        {
            var result = await stream.Input.ReadAsync();
            try
            {
                if (!result.IsCanceled && !result.Buffer.IsEmpty)
                {
                    await SendAsync(kind, result.Buffer, turn);
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The other pumps are to stop too.
                TryEnd(EndCause.ClientGone);
                throw;
            }
            finally
            {
                stream.Input.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private async Task SendAsync(StdioStream kind, ReadOnlySequence<byte> data, SemaphoreSlim turn)
    {
        await turn.WaitAsync();
        try
        {
            foreach (var part in data)
            {
                _frames.Add(new OutputFrame(kind, part));
            }

            await _transport.WriteAsync(_frames);
            _activity.Touch();
            _services.Metrics.OutputBytes(data.Length);
        }
        finally
        {
            _frames.Clear();
            turn.Release();
        }
    }

    private async Task ReadStatusAsync(SpdyStream error, ArrayBufferWriter<byte> status)
    {
        while (!_end.Task.IsCompleted)
        {
            var result = await error.Input.ReadAsync();
            foreach (var part in result.Buffer)
            {
                // One byte over the limit is kept, and tells that there was more.
                status.Write(part.Span[..Math.Min(part.Length, ExecStatus.MaxLength + 1 - status.WrittenCount)]);
            }

            error.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Says what the end of the runtime's streams means: the command's end, or a connection that broke before it.</summary>
    private async Task JudgeAsync(ExecStreamSet streams, ReadOnlyMemory<byte> document)
    {
        if (document.Length > ExecStatus.MaxLength)
        {
            TryEnd(EndCause.Failed, $"the runtime's status is over {ExecStatus.MaxLength} bytes");
            return;
        }

        // A runtime that says goodbye has said all. Without a status only an error stream that was finished in good order means success.
        var broken = streams.Readable.Any(stream => stream.End == SpdyStreamEnd.ConnectionEnded) && (await _runtime.Completion).Cause != SpdyEndCause.WentAway;
        if (broken || (document.IsEmpty && streams.Error.End != SpdyStreamEnd.Finished))
        {
            TryEnd(EndCause.Failed, "the runtime's connection ended before the command");
            return;
        }

        _status = ExecStatus.Of(document);
        TryEnd(EndCause.ContainerExited);
    }

    private SessionStatus? StatusOf(SessionEnd end) => end.Cause switch
    {
        EndCause.ClientDetached or EndCause.ClientGone or EndCause.ProtocolFault => null,
        EndCause.ContainerExited => _status,
        _ => ExecStatus.Failure(EndCauseWords.Of(end, _services.Options.Value)),
    };
}
