using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace CriAttach.Gateway.Auth;

/// <summary>A secret from a file, and its comparison in constant time.</summary>
internal sealed class BearerToken
{
    private const int MinLength = 16;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private BearerToken(string secret) => _hash = Hash(secret);

    /// <summary>Reads the token.</summary>
    /// <param name="path">The file; white space around the token does not count.</param>
    /// <exception cref="InvalidDataException">The file holds no token that is worth the name.</exception>
    public static BearerToken Read(string path)
    {
        var secret = File.ReadAllText(path).Trim();
        return secret.Length >= MinLength
            ? new BearerToken(secret)
            : throw new InvalidDataException($"the token in '{path}' has fewer than {MinLength} characters");
    }

    /// <summary>Makes a token of a text.</summary>
    /// <param name="secret">The text.</param>
    public static BearerToken Of(string secret) => new(secret);

    /// <summary>Tells whether a request carries a token, be it right or wrong; proxies and browsers put proofs of other kinds into the same header.</summary>
    /// <param name="authorization">The lines of the <c>Authorization</c> header.</param>
    public static bool IsShown(StringValues authorization) => authorization.Any(line => line?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Tells whether a request carries the token.</summary>
    /// <param name="authorization">The lines of the <c>Authorization</c> header.</param>
    public bool Admits(StringValues authorization) =>
        authorization is [{ } line]
        && line.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && IsSecret(line[Scheme.Length..].Trim());

    /// <summary>Tells whether a text is the token.</summary>
    /// <param name="secret">The text.</param>
    public bool IsSecret(string secret) => CryptographicOperations.FixedTimeEquals(Hash(secret), _hash);

    /// <summary>A key that only those know who know the token; every gateway with the same token has the same.</summary>
    /// <param name="purpose">What it is for: keys of different purposes tell nothing about each other.</param>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _hash, SHA256.HashSizeInBytes, salt: null, Encoding.UTF8.GetBytes(purpose));

    // Hashes are of one length, so that not even the secret's length can be measured.
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
