using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Input;

namespace CriAttach.Gateway.Streaming.Input;

/// <summary>
/// Carries a session's input to its node: batches of up to 64 KiB, several on the way at a time; while one is on the way small writes wait
/// and become one batch. It never waits for output.
/// </summary>
/// <param name="stdio">The byte path.</param>
/// <param name="container">The container.</param>
/// <param name="producer">The session's producer id.</param>
/// <param name="start">The offset at which the input of this connection begins.</param>
/// <param name="session">The session's id, for the log.</param>
/// <param name="buffer">Where the input comes from.</param>
/// <param name="listener">Who hears what becomes of it.</param>
/// <param name="logger">The log.</param>
internal sealed partial class InputPump(
    IContainerStdio stdio, ContainerKey container, Guid producer, long start, string session, InputBuffer buffer, IInputListener listener, ILogger logger)
{
    private const int MaxInFlight = 8;

    private readonly Lock _gate = new();
    private int _inFlight;
    private Exception? _fault;
    private long _next = start;
    private long _asked = start;
    private long _doubted;
    private bool _asking;
    private Task _told = Task.CompletedTask;

    /// <summary>Runs until the client has ended its input and the node has all of it, or PID 1's input is closed.</summary>
    /// <returns>Null for a good end; else why input could not be delivered.</returns>
    public async Task<Exception?> RunAsync()
    {
        IStdioInput? input = null;
        try
        {
            while (true)
            {
                var (inFlight, asking, fault) = Look();
                if (fault is not null)
                {
                    buffer.Discard();
                    return fault is InputClosedException ? null : fault;
                }

                // An end asks, too, and of two that ask only one is told of a doubt.
                if (inFlight == 0 && buffer.IsDrained && !(buffer.Ends && asking))
                {
                    if (buffer.Ends)
                    {
                        input ??= await stdio.OpenInputAsync(container, producer, CancellationToken.None);
                        await EndAsync(input);
                    }

                    return null;
                }

                if (input is not null && listener.WantsDelivered && !asking && _told.IsCompleted && _asked < _next)
                {
                    Ask(input);
                }

                if (inFlight < MaxInFlight && buffer.Take(partial: inFlight == 0) is { } block)
                {
                    try
                    {
                        input ??= await stdio.OpenInputAsync(container, producer, CancellationToken.None);
                    }
                    catch
                    {
                        buffer.Done(block);
                        throw;
                    }

                    Send(input, block);
                }
                else
                {
                    await buffer.Changed.WaitAsync();
                }
            }
        }
        catch (InputClosedException)
        {
            buffer.Discard();
            return null;
        }
        catch (InputInDoubtException fault)
        {
            Tell(fault);
            return null;
        }
        catch (Exception fault)
        {
            buffer.Discard();
            return fault;
        }
        finally
        {
            input?.Dispose();
        }
    }

    private (int InFlight, bool Asking, Exception? Fault) Look()
    {
        lock (_gate)
        {
            return (_inFlight, _asking, _fault);
        }
    }

    private StdioChunk Chunk(StdioChunkKind kind, ReadOnlyMemory<byte> data) =>
        new() { Kind = kind, Stream = StdioStream.Stdin, Producer = producer, Offset = _next, Data = data };

    /// <summary>An end gets through when PID 1 has got all before it, and the end.</summary>
    private async Task EndAsync(IStdioInput input)
    {
        await input.SendAsync(Chunk(StdioChunkKind.End, default));
        if (listener.WantsDelivered)
        {
            // Not waited for, like a doubt.
            _ = listener.DeliveredAsync(_next);
        }
    }

    /// <summary>A chunk without bytes gets through when PID 1 has got all before it.</summary>
    private void Ask(IStdioInput input)
    {
        lock (_gate)
        {
            _asking = true;
        }

        _asked = _next;
        _ = AskAsync(input, Chunk(StdioChunkKind.Data, default));
    }

    private async Task AskAsync(IStdioInput input, StdioChunk question)
    {
        Exception? failure = null;
        var told = Task.CompletedTask;
        try
        {
            await input.SendAsync(question);
            told = listener.DeliveredAsync(question.Offset);
        }
        catch (InputInDoubtException fault)
        {
            Tell(fault);

            // What came after it is asked about again.
            _asked = Math.Min(_asked, fault.To);
        }
        catch (Exception fault)
        {
            failure = fault;
        }

        // The next question waits until the client has taken this answer; an end does not.
        lock (_gate)
        {
            _told = told;
            _asking = false;
            _fault ??= failure;
        }

        buffer.Changed.Set();
        if (!told.IsCompletedSuccessfully)
        {
            await Task.WhenAny(told);
            lock (_gate)
            {
                _fault ??= told.Exception?.InnerException;
            }

            buffer.Changed.Set();
        }
    }

    /// <summary>All pieces that were under way say the same; later ones may say more.</summary>
    private void Tell(InputInDoubtException fault)
    {
        lock (_gate)
        {
            if (fault.To <= _doubted)
            {
                return;
            }

            // Not waited for: a client that does not read is no reason to hold its input up. But under way before others find that it is told.
            _ = listener.InDoubtAsync(Math.Max(fault.From, _doubted), fault.To);
            _doubted = fault.To;
        }

        Log.InDoubt(logger, session, container, fault);
    }

    private void Send(IStdioInput input, InputBlock block)
    {
        lock (_gate)
        {
            _inFlight++;
        }

        var chunk = Chunk(StdioChunkKind.Data, block.Data);
        _next += block.Length;
        _ = SendAsync(input, chunk, block);
    }

    private async Task SendAsync(IStdioInput input, StdioChunk chunk, InputBlock block)
    {
        Exception? failure = null;
        try
        {
            await input.SendAsync(chunk);
        }
        catch (InputInDoubtException fault)
        {
            Tell(fault);
        }
        catch (Exception fault)
        {
            failure = fault;
        }

        lock (_gate)
        {
            _inFlight--;
            _fault ??= failure;
        }

        buffer.Done(block);
        buffer.Changed.Set();
    }
}
