using System.Text;

namespace CriAttach.Cli.Output;

/// <summary>Rows in columns, for people. Control characters in a cell are shown, not sent to the terminal.</summary>
/// <param name="headings">The headings of the columns.</param>
internal sealed class Table(params IReadOnlyList<string> headings)
{
    private const string Gap = "   ";
    private readonly List<IReadOnlyList<string>> _rows = [headings];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each heading.</param>
    /// <exception cref="ArgumentException">There are more or fewer cells than headings.</exception>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(
        cells.Count == headings.Count
            ? [.. cells.Select(Clean)]
            : throw new ArgumentException($"{cells.Count} cells for {headings.Count} headings", nameof(cells)));

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where to.</param>
    public void Write(TextWriter output)
    {
        var widths = headings.Select((_, column) => _rows.Max(row => row[column].Length)).ToList();
        foreach (var row in _rows)
        {
            var line = string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column])));
            output.WriteLine(line.TrimEnd());
        }
    }

    private static string Clean(string cell)
    {
        if (!cell.Any(char.IsControl))
        {
            return cell;
        }

        var clean = new StringBuilder();
        foreach (var c in cell)
        {
            _ = char.IsControl(c) ? clean.Append($"\\x{(int)c:x2}") : clean.Append(c);
        }

        return clean.ToString();
    }
}
