using System.Globalization;

namespace CriAttach.Interfaces.Directory;

/// <summary>Which shard of the directory holds a reference. A prefix of an id is in the shard of the id, so the first character decides.</summary>
public static class DirectoryShard
{
    /// <summary>The number of shards.</summary>
    public const int Count = 16;

    /// <summary>The shard of an id, a prefix of an id, a name, or a <c>namespace/pod/container</c> path.</summary>
    /// <param name="reference">The reference; not empty.</param>
    /// <exception cref="ArgumentException"><paramref name="reference"/> is empty.</exception>
    public static int Of(string reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(reference);
        return int.TryParse(reference.AsSpan(0, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var digit)
            ? digit
            : reference[0] % Count;
    }
}
