namespace CriAttach.Wire.CriLog;

/// <summary>Where the content of a log line comes from.</summary>
public enum CriLogStream : byte
{
    /// <summary>"stdout": also all output of a terminal.</summary>
    Stdout = 1,

    /// <summary>"stderr".</summary>
    Stderr = 2,
}
