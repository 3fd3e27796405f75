using System.Buffers.Binary;

namespace CriAttach.Wire.Spdy;

// https://www.rfc-editor.org/rfc/rfc1950 (the two or six bytes in front) and https://www.rfc-editor.org/rfc/rfc1951
//
// first block only   | CMF (8)  FLG (8)  [dictionary id (32)] |
// then               | final (1)  type (2)  stored, fixed or dynamic codes | ...   up to the edge of a byte
//
// Each header block ends at a sync flush, that is, with an empty stored block, or is stored itself. So a block must
// use up its bytes to the last bit, and nothing of it is carried over but the window.

/// <summary>
/// Inflates header blocks. The framework's inflater knows no preset dictionary and does not say how much it read; this
/// one also never makes more than it may, and its window grows only as far as it is filled: about 2 KiB for an attach.
/// </summary>
internal sealed class Inflater
{
    private const int WindowLength = 32 * 1024;
    private const int MinCapacity = 2 * 1024;
    private const int Deflate = 8;
    private const int DictionaryBit = 0x20;

    private byte[] _output = [];
    private int _end;
    private int _limit;
    private bool _begun;

    /// <summary>Inflates a block.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="limit">The most that may come of it.</param>
    /// <returns>What came of it; valid until the next call.</returns>
    /// <exception cref="SpdyProtocolException">The block is broken, or makes more than the limit.</exception>
    public ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> block, int limit)
    {
        Slide();
        var bits = new BitReader(block);
        if (!_begun)
        {
            ReadZlibHeader(ref bits);
            _begun = true;
        }

        var start = _end;
        _limit = start + limit;
        do
        {
            if (bits.Bit() != 0)
            {
                throw new SpdyProtocolException("A header block ends the compression.");
            }

            switch (bits.Bits(2))
            {
                case 0:
                    ReadStored(ref bits);
                    break;
                case 1:
                    ReadCoded(ref bits, DeflateCodes.FixedSymbols, DeflateCodes.FixedDistances);
                    break;
                case 2:
                    var (symbols, distances) = DeflateCodes.Read(ref bits);
                    ReadCoded(ref bits, symbols, distances);
                    break;
                default:
                    throw new SpdyProtocolException("A header block has a part of an unknown kind.");
            }
        }
        while (!bits.AtEnd);
        return _output.AsSpan(start, _end - start);
    }

    private void ReadZlibHeader(ref BitReader bits)
    {
        var head = bits.Bytes(2);
        if ((head[0] & 0x0F) != Deflate || head[0] >> 4 > 7 || BinaryPrimitives.ReadUInt16BigEndian(head) % 31 != 0)
        {
            throw new SpdyProtocolException("The first header block does not begin a zlib stream.");
        }

        // Without the bit there is no dictionary: legal zlib, and Go's reader takes it too.
        if ((head[1] & DictionaryBit) == 0)
        {
            return;
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(bits.Bytes(sizeof(uint))) != SpdyDictionary.Id)
        {
            throw new SpdyProtocolException("The headers are compressed with another dictionary.");
        }

        _limit = SpdyDictionary.Bytes.Length;
        Append(SpdyDictionary.Bytes);
    }

    private void ReadStored(ref BitReader bits)
    {
        var length = bits.UInt16();
        if (bits.UInt16() != (length ^ 0xFFFF))
        {
            throw new SpdyProtocolException("A header block has a stored part of a broken length.");
        }

        Append(bits.Bytes(length));
    }

    private void ReadCoded(ref BitReader bits, HuffmanCode symbols, HuffmanCode distances)
    {
        while (true)
        {
            var symbol = symbols.Read(ref bits);
            if (symbol == DeflateCodes.EndOfPart)
            {
                return;
            }

            if (symbol < DeflateCodes.EndOfPart)
            {
                Append([(byte)symbol]);
                continue;
            }

            var length = DeflateCodes.ReadLength(ref bits, symbol);
            Repeat(DeflateCodes.ReadDistance(ref bits, distances.Read(ref bits)), length);
        }
    }

    private void Repeat(int distance, int length)
    {
        if (distance > Math.Min(_end, WindowLength))
        {
            throw new SpdyProtocolException("A header block points before the beginning.");
        }

        Reserve(length);
        for (; length > 0; length--, _end++)
        {
            // One by one: the source may overlap what is being written.
            _output[_end] = _output[_end - distance];
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_output.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (count > _limit - _end)
        {
            throw new SpdyProtocolException("A header block is over the limit.");
        }

        if (_end + count > _output.Length)
        {
            Array.Resize(ref _output, Math.Max(MinCapacity, Math.Max(_end + count, _output.Length * 2)));
        }
    }

    private void Slide()
    {
        var surplus = _end - WindowLength;
        if (surplus > 0)
        {
            _output.AsSpan(surplus, WindowLength).CopyTo(_output);
            _end = WindowLength;
        }
    }
}
