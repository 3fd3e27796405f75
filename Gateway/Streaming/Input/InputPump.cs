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

                if (inFlight == 0 && buffer.IsDrained)
                {
                    if (buffer.Ends)
                    {
                        input ??= await stdio.OpenInputAsync(container, producer, CancellationToken.None);
                        await input.SendAsync(Chunk(StdioChunkKind.End, default));
                    }

                    return null;
                }

                if (input is not null && listener.WantsDelivered && !asking && _asked < _next)
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
        try
        {
            await input.SendAsync(question);
            await listener.DeliveredAsync(question.Offset);
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

        lock (_gate)
        {
            _asking = false;
            _fault ??= failure;
        }

        buffer.Changed.Set();
    }

    /// <summary>All pieces that were under way say the same; later ones may say more.</summary>
    private void Tell(InputInDoubtException fault)
    {
        long from;
        lock (_gate)
        {
            if (fault.To <= _doubted)
            {
                return;
            }

            from = Math.Max(fault.From, _doubted);
            _doubted = fault.To;
        }

        Log.InDoubt(logger, session, container, fault);

        // Not waited for: a client that does not read is no reason to hold its input up.
        _ = listener.InDoubtAsync(from, fault.To);
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
