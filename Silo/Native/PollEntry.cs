using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>The <c>struct pollfd</c> of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Wanted;
    public short Found;
}
