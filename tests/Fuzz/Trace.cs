namespace CriAttach.Fuzz;

/// <summary>What a codec or an oracle said, line by line, so that two of them can be compared.</summary>
public sealed class Trace
{
    private readonly List<string> _lines = [];

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds a line.</summary>
    public void Add(string line) => _lines.Add(line);

    /// <summary>Adds a line that ends with bytes.</summary>
    public void Add(string line, ReadOnlySpan<byte> bytes) => _lines.Add($"{line} {Convert.ToHexString(bytes)}");

    /// <summary>Insists that two traces are the same.</summary>
    public static void Same(Trace oracle, Trace codec)
    {
        if (!oracle._lines.SequenceEqual(codec._lines))
        {
            throw new FuzzMismatchException(
                $"oracle:\n  {string.Join("\n  ", oracle._lines)}\ncodec:\n  {string.Join("\n  ", codec._lines)}");
        }
    }

    /// <summary>Insists that a law holds.</summary>
    public static void Holds(bool law, string what)
    {
        if (!law)
        {
            throw new FuzzMismatchException(what);
        }
    }
}
