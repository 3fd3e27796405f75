using System.Buffers.Binary;
using System.IO.Compression;

namespace CriAttach.Gateway.Upstream;

// +------------+----------------------+---------+
// | compressed | length, 4 bytes, big | message |    the body of a unary gRPC call
// |   0 or 1   |        endian        |         |
// +------------+----------------------+---------+

/// <summary>The one message of a unary call's body.</summary>
internal static class GrpcMessage
{
    private const int PrefixLength = 5;
    private const string Gzip = "gzip";

    /// <summary>Takes the message out of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="encoding">How messages are compressed, where they are.</param>
    /// <param name="limit">The most bytes that a message may have.</param>
    /// <returns>The message; none where the body is not exactly one that can be read.</returns>
    public static byte[]? Read(ReadOnlyMemory<byte> body, string? encoding, int limit)
    {
        if (body.Length < PrefixLength || BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]) != body.Length - PrefixLength)
        {
            return null;
        }

        var message = body[PrefixLength..];
        return body.Span[0] switch
        {
            0 => message.ToArray(),
            1 when encoding == Gzip => Unpack(message, limit),
            _ => null,
        };
    }

    /// <summary>Makes a body of a message.</summary>
    /// <param name="message">The message.</param>
    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        var body = new byte[PrefixLength + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(1), (uint)message.Length);
        message.CopyTo(body.AsSpan(PrefixLength));
        return body;
    }

    private static byte[]? Unpack(ReadOnlyMemory<byte> packed, int limit)
    {
        using var unpacked = new BoundedBuffer(limit);
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (Exception fault) when (fault is InvalidDataException or BufferFullException)
        {
            return null;
        }
    }
}
