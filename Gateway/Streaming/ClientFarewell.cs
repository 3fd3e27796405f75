using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming;

/// <summary>The last words of a session, and the wait until its client has closed: a server that closes first can destroy output that is still on its way.</summary>
/// <param name="transport">The client's connection.</param>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientFarewell(ISessionTransport transport, StreamingOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortFinish = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FaultDrain = TimeSpan.FromSeconds(2);

    /// <summary>Tells the client, and lets it close.</summary>
    /// <param name="cause">Why the session ended.</param>
    /// <param name="status">What it is told; none where it is the one who left or broke the protocol.</param>
    /// <param name="receiving">Completes when it has stopped sending.</param>
    /// <param name="sending">Completes when all output is with it.</param>
    /// <returns>Why its connection was cut; none when it closed in good order.</returns>
    public async Task<Exception?> SayAsync(EndCause cause, Func<Task<SessionStatus?>> status, Task receiving, Task sending)
    {
        if (cause is EndCause.ClientGone or EndCause.Resumed)
        {
            transport.Abort();
            await receiving;
            return null;
        }

        try
        {
            var patience = cause == EndCause.ContainerExited ? options.FinishTimeout : ShortFinish;
            await TellAsync(status, sending).WaitAsync(patience, time);
            if (cause == EndCause.ProtocolFault)
            {
                // Nobody knows where its next frame begins, so its close frame is not seen; clients that wait for us to close are many.
                using var limit = new CancellationTokenSource(FaultDrain, time);
                await transport.DrainAsync(limit.Token);
            }
            else
            {
                await receiving.WaitAsync(patience, time);
            }

            return null;
        }
        catch (Exception fault) when (fault is TimeoutException or IOException)
        {
            transport.Abort();
            return fault;
        }
        finally
        {
            if (!receiving.IsCompleted || !sending.IsCompleted)
            {
                transport.Abort();
            }

            await receiving;
        }
    }

    private async Task TellAsync(Func<Task<SessionStatus?>> status, Task sending)
    {
        var words = await status();
        await sending;
        await transport.FinishAsync(words);
    }
}
