using System.Security.Cryptography;

namespace CriAttach.Wire.Recordings;

/// <summary>The hash over the hash before and all bytes since: SHA-256, or HMAC-SHA-256 where there is a key.</summary>
internal sealed class ChainHash : IDisposable
{
    public const int Size = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _hash;

    public ChainHash(byte[]? key)
    {
        _hash = key is null ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Algorithm = key is null ? ChainLines.Plain : ChainLines.Keyed;
        _hash.AppendData(Last);
    }

    /// <summary>Gets the algorithm's name in the file.</summary>
    public string Algorithm { get; }

    /// <summary>Gets the last hash; zeros before the first.</summary>
    public byte[] Last { get; private set; } = new byte[Size];

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

    /// <summary>Ends a piece.</summary>
    /// <returns>Its hash.</returns>
    public byte[] Close()
    {
        Last = _hash.GetHashAndReset();
        _hash.AppendData(Last);
        return Last;
    }

    public void Dispose() => _hash.Dispose();
}
