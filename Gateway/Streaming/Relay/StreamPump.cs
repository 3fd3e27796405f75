using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>Carries what comes on a stream to a stream of another connection, and its end as what it was: finished, or reset.</summary>
/// <param name="from">Where it comes from.</param>
/// <param name="to">Where it goes.</param>
/// <param name="moved">Called with the number of bytes that have gone.</param>
internal sealed class StreamPump(SpdyStream from, SpdyStream to, Action<long> moved)
{
    /// <summary>Runs until the stream ends, or nothing more can be sent.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var result = await from.Input.ReadAsync();
                foreach (var part in result.Buffer)
                {
                    await to.WriteAsync(part);
                    moved(part.Length);
                }

                from.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }

            await EndAsync();
        }
        catch (IOException)
        {
            // The other side takes no more: its own end, or its connection's, comes the other way.
            from.DiscardInput();
            await from.Input.CompleteAsync();
        }
    }

    private async Task EndAsync()
    {
        if (from.End == SpdyStreamEnd.Finished)
        {
            await to.FinishAsync();
        }
        else if (from.End == SpdyStreamEnd.Reset)
        {
            await to.ResetAsync(from.ResetStatus ?? SpdyStatus.Cancel);
        }
    }
}
