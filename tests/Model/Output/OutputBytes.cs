using CriAttach.Interfaces.Stdio;

namespace CriAttach.Model.Tests.Output;

/// <summary>What PID 1 writes: its offset and epoch say which byte stands where, and on which stream.</summary>
internal static class OutputBytes
{
    // A prime: a shift by any length that occurs is noticed.
    private const int Period = 65_521;
    private const int Longest = 64 * 1024;
    private const int RunLength = 700;

    private static readonly byte[] Table = MakeTable();

    /// <summary>The bytes at an offset.</summary>
    public static ReadOnlySpan<byte> At(long epoch, long offset, int length) => Table.AsSpan((int)((offset + (epoch * 7919)) % Period), length);

    /// <summary>The stream that the byte at an offset is written to.</summary>
    public static StdioStream StreamAt(long offset) =>
        ((((ulong)(offset / RunLength) * 0x9E3779B97F4A7C15) >> 40) & 1) == 0 ? StdioStream.Stdout : StdioStream.Stderr;

    /// <summary>How many bytes from an offset on surely belong to its stream.</summary>
    public static int RunAt(long offset) => (int)(RunLength - (offset % RunLength));

    private static byte[] MakeTable()
    {
        var table = new byte[Period + Longest];
        new Random(1).NextBytes(table.AsSpan(0, Period));
        table.AsSpan(0, Longest).CopyTo(table.AsSpan(Period));
        return table;
    }
}
