using System.IO.Compression;
using CriAttach.Gateway.Upstream;

namespace CriAttach.Gateway.Tests.Upstream;

public sealed class GrpcMessageTests
{
    private const int Limit = 1000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void Read_OfWrite_IsTheMessage(int length)
    {
        var message = Enumerable.Range(0, length).Select(number => (byte)number).ToArray();
        Assert.Equal(message, GrpcMessage.Read(GrpcMessage.Write(message), encoding: null, Limit));
    }

    [Fact]
    public void EveryCutBody_IsNone()
    {
        var body = GrpcMessage.Write([1, 2, 3]);
        for (var length = 0; length < body.Length; length++)
        {
            Assert.Null(GrpcMessage.Read(body.AsMemory(0, length), encoding: null, Limit));
        }

        Assert.Null(GrpcMessage.Read((byte[])[.. body, 0], encoding: null, Limit));
    }

    [Fact]
    public void Compressed_IsUnpackedByItsEncodingUpToTheLimit()
    {
        Assert.Equal(new byte[Limit], GrpcMessage.Read(Packed(Limit), "gzip", Limit));
        Assert.Null(GrpcMessage.Read(Packed(Limit + 1), "gzip", Limit));
        Assert.Null(GrpcMessage.Read(Packed(10), "snappy", Limit));
        Assert.Null(GrpcMessage.Read(Packed(10), encoding: null, Limit));
    }

    [Fact]
    public void CompressedGarbage_IsNone()
    {
        var body = GrpcMessage.Write([1, 2, 3, 4]);
        body[0] = 1;
        Assert.Null(GrpcMessage.Read(body, "gzip", Limit));
        body[0] = 7;
        Assert.Null(GrpcMessage.Read(body, "gzip", Limit));
    }

    private static byte[] Packed(int length)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(new byte[length]);
        }

        var body = GrpcMessage.Write(packed.ToArray());
        body[0] = 1;
        return body;
    }
}
