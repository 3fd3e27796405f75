using System.Buffers.Binary;

namespace CriAttach.Model.Tests.Input;

/// <summary>Eight bytes of input, which say whose they are and at which offset: <c>typist(1) offset(7)</c>, little-endian.</summary>
internal static class InputRecord
{
    public const int Length = sizeof(long);

    public static void Write(Span<byte> data, int typist, long offset)
    {
        for (var at = 0; at < data.Length; at += Length)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data[at..], ((offset + at) << 8) | (uint)typist);
        }
    }

    public static (int Typist, long Offset) Read(ReadOnlySpan<byte> data)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(data);
        return ((int)(value & 0xff), value >> 8);
    }
}
