namespace CriAttach.Wire.Recordings;

/// <summary>What the hashes of a recording say of it, and where.</summary>
/// <param name="State">The verdict.</param>
/// <param name="File">The file that it is about, from 0 on in the order given.</param>
/// <param name="Line">The line in it, from 1 on.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ChainVerdict(ChainState State, int File, long Line, string Message);
