using System.Buffers.Binary;

namespace CriAttach.Wire.Spdy;

/// <summary>Reads bits as deflate packs them: the lowest of a byte first.</summary>
/// <param name="input">The bytes.</param>
internal ref struct BitReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;
    private int _position; // in bits

    /// <summary>Gets a value indicating whether every bit is read.</summary>
    public readonly bool AtEnd => _position == _input.Length * 8;

    /// <summary>One bit.</summary>
    public int Bit()
    {
        if (AtEnd)
        {
            throw new SpdyProtocolException("A header block is cut short.");
        }

        var bit = (_input[_position >> 3] >> (_position & 7)) & 1;
        _position++;
        return bit;
    }

    /// <summary>A number, its lowest bit first.</summary>
    /// <param name="count">How many bits it has.</param>
    public int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            value |= Bit() << i;
        }

        return value;
    }

    /// <summary>Whole bytes, from the next edge of a byte on.</summary>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        var at = (_position + 7) >> 3;
        if (count > _input.Length - at)
        {
            throw new SpdyProtocolException("A header block is cut short.");
        }

        _position = (at + count) * 8;
        return _input.Slice(at, count);
    }

    /// <summary>A number of two bytes, from the next edge of a byte on.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)));
}
