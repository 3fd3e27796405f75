using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CriAttach.Testing.Attach;

/// <summary>Random bytes of which any piece can be made, or checked, by its position.</summary>
/// <param name="seed">Which of all such contents it is.</param>
public sealed class RandomContent(ulong seed)
{
    private long _checked;

    /// <summary>How much was checked so far.</summary>
    public long Checked => _checked;

    /// <summary>Fills a piece.</summary>
    /// <param name="position">Where the piece begins; a multiple of eight.</param>
    /// <param name="piece">The piece; its length is a multiple of eight.</param>
    public void Fill(long position, Span<byte> piece)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(piece);
        var index = (ulong)position / sizeof(ulong);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Word(index + (ulong)i);
        }
    }

    /// <summary>Checks the next bytes.</summary>
    /// <exception cref="InvalidDataException">They are not what belongs there.</exception>
    public void Check(ReadOnlySpan<byte> piece)
    {
        Span<byte> expected = stackalloc byte[4096];
        while (!piece.IsEmpty)
        {
            var skew = (int)(_checked % sizeof(ulong));
            Fill(_checked - skew, expected);
            var part = piece[..Math.Min(piece.Length, expected.Length - skew)];
            var same = part.CommonPrefixLength(expected[skew..]);
            if (same < part.Length)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Byte {_checked + same} is {part[same]:x2} and should be {expected[skew + same]:x2}."));
            }

            _checked += part.Length;
            piece = piece[part.Length..];
        }
    }

    /// <summary>Writes it into a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How much; a multiple of eight.</param>
    public void WriteFile(string path, long length)
    {
        using var file = File.Create(path);
        var block = new byte[1024 * 1024];
        for (long position = 0; position < length; position += block.Length)
        {
            var piece = block.AsSpan(0, (int)Math.Min(block.Length, length - position));
            Fill(position, piece);
            file.Write(piece);
        }
    }

    // https://prng.di.unimi.it/splitmix64.c, its state computed instead of kept.
    private ulong Word(ulong index)
    {
        var z = seed + ((index + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return BitConverter.IsLittleEndian ? z : BinaryPrimitives.ReverseEndianness(z);
    }
}
