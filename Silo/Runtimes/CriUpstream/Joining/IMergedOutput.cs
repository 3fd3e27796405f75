using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>Takes a container's output as it is to be told.</summary>
internal interface IMergedOutput
{
    /// <summary>The output goes on.</summary>
    void Tell(StdioStream stream, ReadOnlySpan<byte> bytes);

    /// <summary>What is told next may not be byte for byte what was written: whoever reads is to be told so.</summary>
    void BecomeUncertain();
}
