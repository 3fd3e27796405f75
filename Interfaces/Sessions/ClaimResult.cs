using CriAttach.Interfaces.Containers;

namespace CriAttach.Interfaces.Sessions;

/// <summary>The answer to a claim. All but <see cref="Outcome"/> has a meaning only for <see cref="ClaimOutcome.Claimed"/>.</summary>
[GenerateSerializer, Immutable, Alias("criattach.ClaimResult")]
public sealed record ClaimResult
{
    /// <summary>Gets how the claim went.</summary>
    [Id(0)]
    public required ClaimOutcome Outcome { get; init; }

    /// <summary>Gets the container.</summary>
    [Id(1)]
    public ContainerKey Container { get; init; }

    /// <summary>Gets the streams that were asked for.</summary>
    [Id(2)]
    public AttachStreams Streams { get; init; }

    /// <summary>Gets a value indicating whether PID 1 really has a terminal.</summary>
    [Id(3)]
    public bool ContainerTty { get; init; }

    /// <summary>Gets the output offset at which this session begins.</summary>
    [Id(4)]
    public long StartOffset { get; init; }

    /// <summary>Gets the epoch of <see cref="StartOffset"/>.</summary>
    [Id(5)]
    public long Epoch { get; init; }

    /// <summary>Gets the producer id under which this session publishes its input.</summary>
    [Id(6)]
    public Guid InputProducer { get; init; }

    /// <summary>Gets a value indicating whether the final status tells PID 1's exit code.</summary>
    [Id(7)]
    public bool ExitStatus { get; init; }

    /// <summary>Gets a value indicating whether ending the input closes PID 1's standard input.</summary>
    [Id(8)]
    public bool StdinOnce { get; init; }

    /// <summary>Gets the session's id, which is not the hash of the token when that was one to resume it; empty from nodes that know no resuming.</summary>
    [Id(9)]
    public string SessionId { get => field ?? ""; init; }

    /// <summary>Gets for how long the session outlives a broken connection; zero where it does not.</summary>
    [Id(10)]
    public TimeSpan ResumeWindow { get; init; }

    /// <summary>Gets the offset of the input that the node expects next.</summary>
    [Id(11)]
    public long InputStart { get; init; }

    /// <summary>Gets the offset before which input may be lost that was not acknowledged: the node was restarted and does not know how far it had come. Zero where it does.</summary>
    [Id(12)]
    public long InputDoubtBefore { get; init; }

    /// <summary>Gets the namespace of the container's pod; empty where there is none.</summary>
    [Id(13)]
    public string PodNamespace { get => field ?? ""; init; }

    /// <summary>Gets what was asked to happen when the client is slow.</summary>
    [Id(14)]
    public Delivery Delivery { get; init; }

    /// <summary>Gets what the session has of what it shares with others; none from nodes that know no roles.</summary>
    [Id(15)]
    public SessionShare? Share { get; init; }
}
