namespace CriAttach.Gateway.Admin;

/// <summary>A label that a container must have.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value; none for any.</param>
internal sealed record LabelTest(string Key, string? Value)
{
    /// <summary>Reads a test.</summary>
    /// <param name="text"><c>key=value</c> or <c>key</c>.</param>
    /// <exception cref="BadHttpRequestException">There is no key.</exception>
    public static LabelTest Parse(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var key = sign < 0 ? text : text[..sign];
        return key.Length > 0 ? new LabelTest(key, sign < 0 ? null : text[(sign + 1)..]) : throw new BadHttpRequestException($"a label is key=value, or key alone: '{text}'");
    }

    /// <summary>Tells whether labels pass.</summary>
    /// <param name="labels">The labels.</param>
    public bool Passes(IReadOnlyDictionary<string, string> labels) => labels.TryGetValue(Key, out var value) && (Value is null || Value == value);
}
