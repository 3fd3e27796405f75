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
/// <param name="ended">Hears of the streams whose bodies are complete.</param>
internal sealed class Http2Bodies(bool hasPreface, Action<int>? ended = null)
{
    private const int PrefaceLength = 24;
    private const int HeaderLength = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte EndStream = 0x1;
    private const byte Padded = 0x8;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, MemoryStream> _bodies = [];
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
            Read(rest[3], rest[4], BinaryPrimitives.ReadInt32BigEndian(rest[5..]) & int.MaxValue, rest.Slice(HeaderLength, length));
            rest = rest[(HeaderLength + length)..];
        }

        _rest = rest.ToArray();
    }

    /// <summary>Hands out what came of a body, and forgets it.</summary>
    /// <param name="stream">The stream.</param>
    public byte[] Take(int stream)
    {
        lock (_gate)
        {
            return _bodies.Remove(stream, out var body) ? body.ToArray() : [];
        }
    }

    private static int FrameLength(ReadOnlySpan<byte> frame) => (frame[0] << 16) | (frame[1] << 8) | frame[2];

    private void Read(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            // A server that has answered may still refuse the rest of the request.
            var isOpen = _bodies.TryGetValue(stream, out var body);
            if (type is not (Data or Headers or Reset) || (type == Reset && !isOpen))
            {
                return;
            }

            _bodies[stream] = body ??= new MemoryStream();
            if (type == Data)
            {
                body.Write((flags & Padded) == 0 ? payload : payload[1..^payload[0]]);
            }
        }

        if (type == Reset || (flags & EndStream) != 0)
        {
            ended?.Invoke(stream);
        }
    }
}
