using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using CriAttach.Interfaces.Nodes;

namespace CriAttach.Gateway.Streaming;

// <node tag: 8 hex digits> '.' <43 characters of base64url: 256 random bits>

/// <summary>The token of an attach URL. The node's tag in it is no secret; the rest is.</summary>
internal static class AttachToken
{
    /// <summary>The number of characters of a token.</summary>
    public const int Length = NodeTag.Length + 1 + SecretLength;

    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const char Separator = '.';

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a new token for a session on a node.</summary>
    /// <param name="node">The node's name.</param>
    public static string Create(string node) => $"{NodeTag.Of(node)}{Separator}{CreateSecret()}";

    /// <summary>Makes the secret part of a token, which is all of one that no other gateway has to understand.</summary>
    public static string CreateSecret()
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return Base64Url.EncodeToString(secret);
    }

    /// <summary>Tells whether a text could be a token, and of which node.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tag">The node's tag.</param>
    public static bool TryParse(string text, out string tag)
    {
        var sound = text.Length == Length
            && text[NodeTag.Length] == Separator
            && text.AsSpan(0, NodeTag.Length).IndexOfAnyExcept(TagCharacters) < 0
            && Base64Url.IsValid(text.AsSpan(NodeTag.Length + 1), out var decoded)
            && decoded == SecretBytes;
        tag = sound ? text[..NodeTag.Length] : "";
        return sound;
    }
}
