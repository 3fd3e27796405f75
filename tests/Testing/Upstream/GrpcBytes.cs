using System.Buffers.Binary;
using Grpc.Core;

namespace CriAttach.Testing.Upstream;

/// <summary>gRPC without message types.</summary>
public static class GrpcBytes
{
    private const int PrefixLength = 5;

    private static readonly Marshaller<byte[]> Marshaller = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    /// <summary>A method by its path, <c>/package.Service/Method</c>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="type">How many messages go each way.</param>
    public static Method<byte[], byte[]> Method(string path, MethodType type = MethodType.Unary)
    {
        var parts = path.TrimStart('/').Split('/');
        return new Method<byte[], byte[]>(type, parts[0], parts[1], Marshaller, Marshaller);
    }

    /// <summary>Makes a unary call.</summary>
    /// <param name="calls">Where to.</param>
    /// <param name="path">The method's path.</param>
    /// <param name="message">The request.</param>
    /// <param name="options">Deadline, metadata.</param>
    public static AsyncUnaryCall<byte[]> Unary(this CallInvoker calls, string path, byte[] message, CallOptions options = default) =>
        calls.AsyncUnaryCall(Method(path), host: null, options, message);

    /// <summary>Makes a call that is answered by a stream.</summary>
    /// <param name="calls">Where to.</param>
    /// <param name="path">The method's path.</param>
    /// <param name="message">The request.</param>
    /// <param name="options">Deadline, metadata.</param>
    public static AsyncServerStreamingCall<byte[]> Stream(this CallInvoker calls, string path, byte[] message, CallOptions options = default) =>
        calls.AsyncServerStreamingCall(Method(path, MethodType.ServerStreaming), host: null, options, message);

    /// <summary>A message as it stands in a body.</summary>
    /// <param name="message">The message.</param>
    public static byte[] Framed(ReadOnlySpan<byte> message)
    {
        var body = new byte[PrefixLength + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(1), (uint)message.Length);
        message.CopyTo(body.AsSpan(PrefixLength));
        return body;
    }

    /// <summary>Reads the next message of a body.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The message; none at the body's end.</returns>
    public static async Task<byte[]?> ReadAsync(Stream body)
    {
        var prefix = new byte[PrefixLength];
        if (await body.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false).ConfigureAwait(false) < PrefixLength)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1))];
        await body.ReadExactlyAsync(message).ConfigureAwait(false);
        return message;
    }
}
