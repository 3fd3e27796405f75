namespace CriAttach.Wire.Recordings;

/// <summary>What a part of a recording says of itself.</summary>
/// <param name="Number">Which one it is, from 1 on.</param>
/// <param name="Recording">The recording.</param>
/// <param name="Algorithm">How it is hashed.</param>
/// <param name="Before">The last hash of the part before.</param>
internal sealed record ChainPart(int Number, string Recording, string Algorithm, byte[] Before);
