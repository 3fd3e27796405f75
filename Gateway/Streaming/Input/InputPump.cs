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
/// <param name="session">The session's id, for the log.</param>
/// <param name="buffer">Where the input comes from.</param>
/// <param name="logger">The log.</param>
internal sealed partial class InputPump(
    IContainerStdio stdio, ContainerKey container, Guid producer, string session, InputBuffer buffer, ILogger logger)
{
    private const int MaxInFlight = 8;

    private readonly Lock _gate = new();
    private int _inFlight;
    private Exception? _fault;

    /// <summary>Gets the number of bytes sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Runs until the client has ended its input and the node has all of it, or PID 1's input is closed.</summary>
    /// <returns>Null for a good end; else why input could not be delivered.</returns>
    public async Task<Exception?> RunAsync()
    {
        IStdioInput? input = null;
        try
        {
            while (true)
            {
                var (inFlight, fault) = Look();
                if (fault is not null)
                {
                    buffer.Discard();
                    return fault is InputClosedException ? null : fault;
                }

                if (inFlight == 0 && buffer.IsDrained)
                {
                    input ??= await stdio.OpenInputAsync(container, CancellationToken.None);
                    await input.SendAsync(new StdioChunk { Kind = StdioChunkKind.End, Stream = StdioStream.Stdin, Producer = producer, Offset = Sent });
                    return null;
                }

                if (inFlight < MaxInFlight && buffer.Take(partial: inFlight == 0) is { } block)
                {
                    try
                    {
                        input ??= await stdio.OpenInputAsync(container, CancellationToken.None);
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
            Log.InDoubt(logger, session, container, fault);
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

    private (int InFlight, Exception? Fault) Look()
    {
        lock (_gate)
        {
            return (_inFlight, _fault);
        }
    }

    private void Send(IStdioInput input, InputBlock block)
    {
        lock (_gate)
        {
            _inFlight++;
        }

        var chunk = new StdioChunk
        {
            Kind = StdioChunkKind.Data,
            Stream = StdioStream.Stdin,
            Producer = producer,
            Offset = Sent,
            Data = block.Data,
        };
        Sent += block.Length;
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
            Log.InDoubt(logger, session, container, fault);
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
