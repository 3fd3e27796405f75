using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CriAttach.Gateway.Auth;

// | 8 bytes: end, Unix seconds, big-endian | 16 bytes: random id | 32 bytes: HMAC-SHA256 of what stands before |   in base64url

/// <summary>
/// The login that a browser carries. Nothing is remembered of it here: any gateway with the same token can tell that one of them made it, and another token ends all.
/// </summary>
/// <param name="token">The token of the listener.</param>
/// <param name="time">The clock.</param>
internal sealed class LoginCookie(BearerToken token, TimeProvider time)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "criattach_login";

    /// <summary>How long a login lasts.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const int IdAt = sizeof(long);
    private const int IdLength = 16;
    private const int MacAt = IdAt + IdLength;
    private const int Length = MacAt + HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = token.DeriveKey("criattach login cookie, version 1");
    private readonly byte[] _csrfKey = token.DeriveKey("criattach login csrf, version 1");

    /// <summary>Makes a login that begins now.</summary>
    /// <returns>The cookie's value.</returns>
    public string Issue()
    {
        Span<byte> value = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(value, (time.GetUtcNow() + Life).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(value[IdAt..MacAt]);
        HMACSHA256.HashData(_key, value[..MacAt], value[MacAt..]);
        return Base64Url.EncodeToString(value);
    }

    /// <summary>Reads a login.</summary>
    /// <param name="text">The cookie's value.</param>
    /// <returns>What changes need beside the cookie; none when it is no login, or over.</returns>
    public string? Read(string? text)
    {
        Span<byte> value = stackalloc byte[Length];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (text is null
            || text.Length != Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(text, value, out _, out var written) != OperationStatus.Done
            || written != Length)
        {
            return null;
        }

        HMACSHA256.HashData(_key, value[..MacAt], mac);
        return CryptographicOperations.FixedTimeEquals(mac, value[MacAt..])
            && BinaryPrimitives.ReadInt64BigEndian(value) > time.GetUtcNow().ToUnixTimeSeconds()
            ? Base64Url.EncodeToString(HMACSHA256.HashData(_csrfKey, value[IdAt..MacAt]))
            : null;
    }

    /// <summary>Compares, in constant time, what a change brought with what it needs.</summary>
    /// <param name="shown">What it brought.</param>
    /// <param name="csrf">What it needs.</param>
    public static bool IsCsrf(string? shown, string csrf) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(csrf));
}
