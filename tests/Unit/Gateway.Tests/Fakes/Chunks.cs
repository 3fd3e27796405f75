using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>Chunks of output whose bytes tell their offset.</summary>
internal static class Chunks
{
    public const long Epoch = 7;

    public static StdioChunk At(long offset, int length, CountedOwner? owner = null, long epoch = Epoch, StdioStream stream = StdioStream.Stdout) => new(owner)
    {
        Kind = StdioChunkKind.Data,
        Stream = stream,
        Offset = offset,
        Epoch = epoch,
        Data = Bytes(offset, length),
    };

    public static StdioChunk Gap(long offset, long length, long epoch = Epoch) =>
        new() { Kind = StdioChunkKind.Gap, Offset = offset, GapLength = length, Epoch = epoch };

    public static byte[] Bytes(long offset, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((offset + i) * 31 >> 3);
        }

        return bytes;
    }
}
