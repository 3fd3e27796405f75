namespace CriAttach.Wire.Spdy;

// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2
//
// Codes of one length are consecutive numbers, given out in the order of their symbols; the first of a length follows
// from how many codes are shorter. So the lengths alone say everything.

/// <summary>A code of deflate, made of the lengths of its symbols' codes.</summary>
internal sealed class HuffmanCode
{
    private const int MaxLength = 15;

    private readonly int[] _counts = new int[MaxLength + 1];
    private readonly ushort[] _symbols;

    /// <summary>Makes a code.</summary>
    /// <param name="lengths">The length of each symbol's code; zero where it has none.</param>
    /// <param name="maySkip">Whether the code may have a single symbol of one bit, or none: distances may.</param>
    /// <exception cref="SpdyProtocolException">The lengths make no code.</exception>
    public HuffmanCode(ReadOnlySpan<byte> lengths, bool maySkip)
    {
        foreach (var length in lengths)
        {
            _counts[length]++;
        }

        _counts[0] = 0;
        Span<int> next = stackalloc int[MaxLength + 1];
        var free = 1; // codes of this length that are not given out
        var used = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            free = (free << 1) - _counts[length];
            if (free < 0)
            {
                throw new SpdyProtocolException("A code of a header block is not possible.");
            }

            next[length] = used;
            used += _counts[length];
        }

        if (free > 0 && !(maySkip && used == _counts[1]))
        {
            throw new SpdyProtocolException("A code of a header block is not complete.");
        }

        _symbols = new ushort[used];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                _symbols[next[lengths[symbol]]++] = (ushort)symbol;
            }
        }
    }

    /// <summary>Reads a symbol.</summary>
    /// <param name="bits">Where from.</param>
    /// <exception cref="SpdyProtocolException">The bits are no code.</exception>
    public int Read(ref BitReader bits)
    {
        var offset = 0; // of the code that was read so far behind the first of its length
        var shorter = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            offset = (offset << 1) | bits.Bit();
            var count = _counts[length];
            if (offset < count)
            {
                return _symbols[shorter + offset];
            }

            offset -= count;
            shorter += count;
        }

        throw new SpdyProtocolException("A header block has a code that stands for nothing.");
    }
}
