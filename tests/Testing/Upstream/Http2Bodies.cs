using System.Buffers.Binary;

namespace CriAttach.Testing.Upstream;

// +-----------------------------------------------+
// | length (24)                                   |    RFC 9113, section 4.1
// +---------------+---------------+---------------+
// | type (8)      | flags (8)     |
// +-+-------------+---------------+-------------------------------+
// |R| stream identifier (31)                                      |
// +=+=============================================================+

/// <summary>What one side of an HTTP/2 connection puts into its bodies, read off the wire.</summary>
/// <param name="hasPreface">Whether this is the client's side, which begins with the preface.</param>
/// <param name="ended">Hears of each body that is complete: the stream and the bytes.</param>
internal sealed class Http2Bodies(bool hasPreface, Action<int, byte[]> ended)
{
    private const int PrefaceLength = 24;
    private const int HeaderLength = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte EndStream = 0x1;
    private const byte Padded = 0x8;

    private readonly Dictionary<int, MemoryStream> _open = [];
    private byte[] _rest = [];
    private bool _inPreface = hasPreface;

    /// <summary>Takes what was read.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = [.. _rest, .. bytes];
        if (_inPreface && rest.Length >= PrefaceLength)
        {
            _inPreface = false;
            rest = rest[PrefaceLength..];
        }

        while (!_inPreface && rest.Length >= HeaderLength && FrameLength(rest) is var length && rest.Length >= HeaderLength + length)
        {
            Take(rest[3], rest[4], BinaryPrimitives.ReadInt32BigEndian(rest[5..]) & int.MaxValue, rest.Slice(HeaderLength, length));
            rest = rest[(HeaderLength + length)..];
        }

        _rest = rest.ToArray();
    }

    private static int FrameLength(ReadOnlySpan<byte> frame) => (frame[0] << 16) | (frame[1] << 8) | frame[2];

    private void Take(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        if (type is not (Data or Headers or Reset))
        {
            return;
        }

        if (!_open.TryGetValue(stream, out var body))
        {
            _open[stream] = body = new MemoryStream();
        }

        if (type == Data)
        {
            body.Write((flags & Padded) == 0 ? payload : payload[1..^payload[0]]);
        }

        if (type == Reset || (flags & EndStream) != 0)
        {
            _open.Remove(stream);
            ended(stream, body.ToArray());
        }
    }
}
