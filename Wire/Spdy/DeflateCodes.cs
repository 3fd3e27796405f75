namespace CriAttach.Wire.Spdy;

// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5 to 3.2.7

/// <summary>The codes of deflate: the fixed ones, those that a part describes, and what lengths and distances mean.</summary>
internal static class DeflateCodes
{
    /// <summary>The symbol that ends a part; bytes are below it, lengths above.</summary>
    public const int EndOfPart = 256;

    private const int MaxSymbols = 286;
    private const int MaxDistances = 30;
    private const int CopyLast = 16;
    private const int FewZeros = 17;

    private static readonly HuffmanCode Fixed = new(
        [
            .. Enumerable.Repeat<byte>(8, 144),
            .. Enumerable.Repeat<byte>(9, 112),
            .. Enumerable.Repeat<byte>(7, 24),
            .. Enumerable.Repeat<byte>(8, 8),
        ],
        maySkip: false);

    private static readonly HuffmanCode FixedDistanceCode = new([.. Enumerable.Repeat<byte>(5, 32)], maySkip: false);

    /// <summary>Gets the fixed code of bytes and lengths.</summary>
    public static HuffmanCode FixedSymbols => Fixed;

    /// <summary>Gets the fixed code of distances.</summary>
    public static HuffmanCode FixedDistances => FixedDistanceCode;

    private static ReadOnlySpan<byte> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static ReadOnlySpan<ushort> Lengths =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> Distances =>
        [
            1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193,
            257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
        ];

    /// <summary>The length that a symbol above <see cref="EndOfPart"/> stands for.</summary>
    /// <param name="bits">Where the rest of it is read from.</param>
    /// <param name="symbol">The symbol.</param>
    public static int ReadLength(ref BitReader bits, int symbol)
    {
        var index = symbol - EndOfPart - 1;
        return index < Lengths.Length
            ? Lengths[index] + bits.Bits(LengthBits[index])
            : throw new SpdyProtocolException("A header block has a length that does not exist.");
    }

    /// <summary>The distance that a symbol stands for.</summary>
    /// <param name="bits">Where the rest of it is read from.</param>
    /// <param name="symbol">The symbol.</param>
    public static int ReadDistance(ref BitReader bits, int symbol) => symbol < MaxDistances
        ? Distances[symbol] + bits.Bits(symbol < 4 ? 0 : (symbol >> 1) - 1)
        : throw new SpdyProtocolException("A header block has a distance that does not exist.");

    /// <summary>Reads the two codes that a part brings along.</summary>
    /// <param name="bits">Where from.</param>
    public static (HuffmanCode Symbols, HuffmanCode Distances) Read(ref BitReader bits)
    {
        var symbols = bits.Bits(5) + 257;
        var distances = bits.Bits(5) + 1;
        if (symbols > MaxSymbols || distances > MaxDistances)
        {
            throw new SpdyProtocolException("A header block has codes for symbols that do not exist.");
        }

        var count = bits.Bits(4) + 4;
        var lengths = new byte[MaxSymbols + MaxDistances];
        foreach (var symbol in CodeLengthOrder[..count])
        {
            lengths[symbol] = (byte)bits.Bits(3);
        }

        var code = new HuffmanCode(lengths.AsSpan(0, CodeLengthOrder.Length), maySkip: false);
        ReadLengths(ref bits, code, lengths.AsSpan(0, symbols + distances));
        return lengths[EndOfPart] > 0
            ? (new HuffmanCode(lengths.AsSpan(0, symbols), maySkip: true), new HuffmanCode(lengths.AsSpan(symbols, distances), maySkip: true))
            : throw new SpdyProtocolException("A header block has a part that cannot end.");
    }

    private static void ReadLengths(ref BitReader bits, HuffmanCode code, Span<byte> lengths)
    {
        for (var at = 0; at < lengths.Length;)
        {
            var symbol = code.Read(ref bits);
            if (symbol < CopyLast)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            if (symbol == CopyLast && at == 0)
            {
                throw new SpdyProtocolException("A header block repeats a length before the first.");
            }

            var value = symbol == CopyLast ? lengths[at - 1] : (byte)0;
            var times = symbol == CopyLast ? 3 + bits.Bits(2) : symbol == FewZeros ? 3 + bits.Bits(3) : 11 + bits.Bits(7);
            if (times > lengths.Length - at)
            {
                throw new SpdyProtocolException("A header block repeats a length too often.");
            }

            lengths.Slice(at, times).Fill(value);
            at += times;
        }
    }
}
