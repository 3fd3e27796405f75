namespace CriAttach.Wire.Spdy;

/// <summary>The headers of a stream. A name may stand several times; its case does not matter.</summary>
public sealed class SpdyHeaders
{
    /// <summary>Makes headers.</summary>
    /// <param name="fields">Names and values, in their order. A value may hold several, with NUL between them.</param>
    public SpdyHeaders(params IEnumerable<KeyValuePair<string, string>> fields) => Fields = [.. fields];

    /// <summary>No headers.</summary>
    public static SpdyHeaders Empty { get; } = new();

    /// <summary>All headers, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>The first value of a name, or null.</summary>
    /// <param name="name">The name, in any case.</param>
    public string? this[string name]
    {
        get
        {
            foreach (var (key, value) in Fields)
            {
                if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                {
                    var end = value.IndexOf('\0', StringComparison.Ordinal);
                    return end < 0 ? value : value[..end];
                }
            }

            return null;
        }
    }
}
