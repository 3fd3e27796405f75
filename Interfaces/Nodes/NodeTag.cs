using System.Security.Cryptography;
using System.Text;

namespace CriAttach.Interfaces.Nodes;

/// <summary>The short public name of a node inside a token: it says where the session lives and nothing else.</summary>
public static class NodeTag
{
    /// <summary>The number of characters of a tag.</summary>
    public const int Length = 8;

    /// <summary>Makes the tag of a node: the first 32 bits of the SHA-256 of its name in lower-case hex.</summary>
    /// <param name="node">The node's name.</param>
    public static string Of(string node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node)))[..Length];
}
