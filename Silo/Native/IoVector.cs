using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>The <c>struct iovec</c> of recvmmsg(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Start;
    public nuint Length;
}
