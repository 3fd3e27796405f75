using System.Buffers;
using System.Text;
using CriAttach.Transports.Spdy;

namespace CriAttach.Testing.PortForward;

/// <summary>One connection to a port of a pod.</summary>
/// <param name="data">Its bytes.</param>
/// <param name="error">What went wrong with it.</param>
public sealed class ForwardedConnection(SpdyStream data, SpdyStream error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Why its bytes ended; set once they were read to the end.</summary>
    public SpdyStreamEnd End => data.End;

    /// <summary>Sends bytes.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> bytes) => data.WriteAsync(bytes).AsTask().WaitAsync(Patience, TimeProvider.System);

    /// <summary>Says that nothing more is sent.</summary>
    public Task FinishAsync() => data.FinishAsync().AsTask();

    /// <summary>Reads so many bytes.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public async Task<byte[]> ReadAsync(int count)
    {
        MemoryStream all = new();
        while (all.Length < count)
        {
            var result = await data.Input.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
            var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, count - all.Length));
            all.Write(taken.ToArray());
            data.Input.AdvanceTo(taken.End);
            if (result.IsCompleted && all.Length < count)
            {
                throw new EndOfStreamException($"{all.Length} of {count} bytes came: {data.End}");
            }
        }

        return all.ToArray();
    }

    /// <summary>Reads all there is.</summary>
    public Task<byte[]> ReadAllAsync() => AllAsync(data);

    /// <summary>Reads what went wrong; empty for nothing.</summary>
    public async Task<string> ErrorAsync() => Encoding.UTF8.GetString(await AllAsync(error).ConfigureAwait(false));

    private static async Task<byte[]> AllAsync(SpdyStream stream)
    {
        MemoryStream all = new();
        while (true)
        {
            var result = await stream.Input.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
            all.Write(result.Buffer.ToArray());
            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return all.ToArray();
            }
        }
    }
}
