using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

// struct epoll_event: uint32 events, uint64 data. Without a gap on x64, aligned to 8 bytes elsewhere.

/// <summary>An array of the <c>struct epoll_event</c> of epoll(7).</summary>
/// <param name="capacity">How many.</param>
internal sealed unsafe class EpollEvents(int capacity) : IDisposable
{
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int DataAt = Packed ? 4 : 8;
    private static readonly int Size = Packed ? 12 : 16;

    /// <summary>Gets how many there are.</summary>
    public int Capacity => capacity;

    /// <summary>Gets the array.</summary>
    public byte* Pointer { get; } = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * Size));

    /// <summary>Sets an entry.</summary>
    public void Set(int index, uint events, long data)
    {
        *(uint*)(Pointer + (index * Size)) = events;
        *(long*)(Pointer + (index * Size) + DataAt) = data;
    }

    /// <summary>The data of an entry.</summary>
    public long Data(int index) => *(long*)(Pointer + (index * Size) + DataAt);

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(Pointer);
}
