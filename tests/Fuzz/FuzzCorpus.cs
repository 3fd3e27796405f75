namespace CriAttach.Fuzz;

/// <summary>The committed inputs of the folder Seeds, one folder in it per target.</summary>
public static class FuzzCorpus
{
    /// <summary>The seeds of a target, in the order of their names.</summary>
    /// <param name="target">The target's name.</param>
    public static IReadOnlyList<byte[]> Load(string target)
    {
        var assembly = typeof(FuzzCorpus).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith($"{target}/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    var bytes = new byte[stream.Length];
                    stream.ReadExactly(bytes);
                    return bytes;
                }),
        ];
    }
}
