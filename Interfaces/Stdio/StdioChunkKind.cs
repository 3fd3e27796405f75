namespace CriAttach.Interfaces.Stdio;

/// <summary>What a <see cref="StdioChunk"/> says.</summary>
public enum StdioChunkKind : byte
{
    /// <summary>Bytes of one stream, in order.</summary>
    Data = 0,

    /// <summary>Bytes that cannot be delivered any more. Their number is told; they are not silently left out.</summary>
    Gap = 1,

    /// <summary>The stream has ended: for output every byte came before it, for input the client will send no more.</summary>
    End = 2,
}
