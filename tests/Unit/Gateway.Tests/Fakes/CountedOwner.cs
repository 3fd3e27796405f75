using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>Memory whose references are counted, so that a leak or a double release is seen.</summary>
internal sealed class CountedOwner : ChunkOwner
{
    private int _references;

    public int References => Volatile.Read(ref _references);

    public bool WentBelowZero { get; private set; }

    public override void Retain() => Interlocked.Increment(ref _references);

    public override void Release() => WentBelowZero |= Interlocked.Decrement(ref _references) < 0;
}
