namespace CriAttach.Mutants.Tests;

/// <summary>A fault, put into the product's sources on purpose.</summary>
/// <param name="Name">What it breaks.</param>
/// <param name="File">The source file, from the top of the tree.</param>
/// <param name="Old">The text that it replaces; there once, and only once.</param>
/// <param name="New">What stands there instead.</param>
internal sealed record Mutant(string Name, string File, string Old, string New)
{
    /// <summary>Gets the project that the file belongs to.</summary>
    public string Project => File[..File.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The file's text with the fault in it.</summary>
    /// <exception cref="InvalidOperationException">The sources have changed, and the mutant has to follow.</exception>
    public string Apply(string source)
    {
        var at = source.IndexOf(Old, StringComparison.Ordinal);
        return at >= 0 && source.IndexOf(Old, at + 1, StringComparison.Ordinal) < 0
            ? source[..at] + New + source[(at + Old.Length)..]
            : throw new InvalidOperationException($"mutant {Name}: '{Old}' stands {(at < 0 ? "nowhere" : "more than once")} in {File}; write in tests/Mutants/MutantList.cs what stands there now");
    }
}
