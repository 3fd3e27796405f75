namespace CriAttach.Silo.Recordings;

/// <summary>What is different for the containers of one namespace: the section <c>CriAttach:Recording:Namespaces:NAME</c>.</summary>
internal sealed class NamespaceRecordingOptions
{
    /// <summary>Gets or sets a value indicating whether sessions are recorded. Default: as everywhere.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets a value indicating whether input is recorded. Default: as everywhere.</summary>
    public bool? Input { get; set; }

    /// <summary>Gets or sets a value indicating whether nobody may see output without a recording of it. Default: as everywhere.</summary>
    public bool? FailClosed { get; set; }
}
