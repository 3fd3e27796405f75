using System.Collections.Concurrent;
using CriAttach.Silo.Native;
using CriAttach.Wire.Conmon;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// Receives several packets of conmon in one system call: as many as make a batch for readers, so that a burst overshoots the log's
/// limit by no more than that. Kept for the next connection that is busy; there are never more than were busy at once.
/// </summary>
internal sealed unsafe class PacketBurst
{
    /// <summary>The most packets that one call receives.</summary>
    public const int Capacity = 8;

    private static readonly ConcurrentBag<PacketBurst> Idle = [];

    // Pinned: the system call's structures point at each other.
    private readonly byte[] _packets = GC.AllocateUninitializedArray<byte>(Capacity * ConmonPacket.MaxLength, pinned: true);
    private readonly IoVector[] _vectors = GC.AllocateArray<IoVector>(Capacity, pinned: true);
    private readonly MessageEntry[] _entries = GC.AllocateArray<MessageEntry>(Capacity, pinned: true);

    private PacketBurst()
    {
        fixed (byte* packets = _packets)
        fixed (IoVector* vectors = _vectors)
        {
            for (var i = 0; i < Capacity; i++)
            {
                _vectors[i] = new IoVector { Start = packets + (i * ConmonPacket.MaxLength), Length = ConmonPacket.MaxLength };
                _entries[i].Vectors = vectors + i;
                _entries[i].VectorCount = 1;
            }
        }
    }

    /// <summary>Gets a packet of the last <see cref="Receive"/>; an empty one is the end of the connection.</summary>
    /// <param name="index">Which.</param>
    public Memory<byte> this[int index] => _packets.AsMemory(index * ConmonPacket.MaxLength, (int)_entries[index].Length);

    /// <summary>Takes one for as long as a connection is busy.</summary>
    public static PacketBurst Rent() => Idle.TryTake(out var burst) ? burst : new PacketBurst();

    /// <summary>Gives it back.</summary>
    public void Return() => Idle.Add(this);

    /// <summary>Receives what is there.</summary>
    /// <param name="descriptor">The connection.</param>
    /// <returns>How many packets; negative where the call failed, and why is the thread's last error.</returns>
    public int Receive(int descriptor)
    {
        fixed (MessageEntry* entries = _entries)
        {
            return Libc.ReceiveMany(descriptor, entries, Capacity, Libc.DoNotWait, null);
        }
    }
}
