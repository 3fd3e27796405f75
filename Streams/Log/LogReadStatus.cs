namespace CriAttach.Streams.Log;

/// <summary>What a reader found at its position.</summary>
internal enum LogReadStatus
{
    /// <summary>Bytes.</summary>
    Data,

    /// <summary>Nothing yet.</summary>
    Empty,

    /// <summary>The position has left the memory; the archive may have it.</summary>
    Behind,

    /// <summary>The log is complete and the reader has read it all.</summary>
    End,
}
