namespace CriAttach.Interfaces.Sessions;

/// <summary>Which streams a client asked for.</summary>
[GenerateSerializer, Immutable, Alias("criattach.AttachStreams")]
public readonly record struct AttachStreams
{
    /// <summary>Gets a value indicating whether the client sends input.</summary>
    [Id(0)]
    public required bool Stdin { get; init; }

    /// <summary>Gets a value indicating whether the client wants standard output.</summary>
    [Id(1)]
    public required bool Stdout { get; init; }

    /// <summary>Gets a value indicating whether the client wants standard error.</summary>
    [Id(2)]
    public required bool Stderr { get; init; }

    /// <summary>Gets a value indicating whether the client expects a terminal.</summary>
    [Id(3)]
    public required bool Tty { get; init; }
}
