using System.Text.Json;

namespace CriAttach.PassThrough;

/// <summary>How the result is written.</summary>
internal static class Options
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, NewLine = "\n" };
}
