using System.Security.Cryptography;
using System.Text;

namespace CriAttach.Interfaces.Sessions;

/// <summary>The key of a session grain: <c>{node}/{sha256 of the token, hex}</c>. The token itself never leaves the gateway that made it.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SessionKey")]
public readonly record struct SessionKey
{
    private SessionKey(string node, string id)
    {
        Node = node;
        Id = id;
    }

    /// <summary>Gets the node that holds the session, which is its container's.</summary>
    [Id(0)]
    public string Node { get; private init; }

    /// <summary>Gets the session's id: the token's hash.</summary>
    [Id(1)]
    public string Id { get; private init; }

    /// <summary>Makes the key of the session that a token opens.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="token">The whole token, as it stands in the URL.</param>
    public static SessionKey ForToken(string node, string token) =>
        For(node, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))));

    /// <summary>Makes the key of a known session.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="id">The session's id.</param>
    /// <exception cref="ArgumentException">A part is empty.</exception>
    public static SessionKey For(string node, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new SessionKey(node, id);
    }

    /// <summary>Reads a key that <see cref="ToString"/> wrote.</summary>
    /// <param name="key">The key's text.</param>
    /// <exception cref="FormatException">The text is not of the form <c>{node}/{id}</c>.</exception>
    public static SessionKey Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1
            ? new SessionKey(key[..slash], key[(slash + 1)..])
            : throw new FormatException("not a session key");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Node}/{Id}";
}
