using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>The <c>struct mmsghdr</c> of recvmmsg(2), as 64-bit Linux lays it out; what is not named here stays zero.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct MessageEntry
{
    [FieldOffset(16)]
    public IoVector* Vectors;

    [FieldOffset(24)]
    public nuint VectorCount;

    /// <summary>How many bytes came.</summary>
    [FieldOffset(56)]
    public uint Length;
}
