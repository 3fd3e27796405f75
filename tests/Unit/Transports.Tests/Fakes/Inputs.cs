using System.Buffers;
using CriAttach.Transports.Spdy;

namespace CriAttach.Transports.Tests.Fakes;

/// <summary>Reads streams' inputs.</summary>
internal static class Inputs
{
    /// <summary>Reads to the end.</summary>
    public static async Task<byte[]> AllAsync(this SpdyStream stream)
    {
        while (true)
        {
            var result = await stream.Input.ReadAsync().AsTask().WaitAsync(RawPeer.Patience);
            if (result.IsCompleted)
            {
                return result.Buffer.ToArray();
            }

            stream.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Reads so many bytes.</summary>
    public static async Task<byte[]> TakeAsync(this SpdyStream stream, int count)
    {
        var result = await stream.Input.ReadAtLeastAsync(count).AsTask().WaitAsync(RawPeer.Patience);
        var bytes = result.Buffer.Slice(0, count).ToArray();
        stream.Input.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }
}
