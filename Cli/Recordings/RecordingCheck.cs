using System.Globalization;
using System.Text.RegularExpressions;
using CriAttach.Wire.Recordings;

namespace CriAttach.Cli.Recordings;

/// <summary>Checks the files of a recording.</summary>
internal static partial class RecordingCheck
{
    /// <summary>The exit code for what was changed.</summary>
    public const int Altered = 1;

    /// <summary>The exit code for what has no end.</summary>
    public const int Incomplete = 2;

    private const int BufferSize = 64 * 1024;

    /// <summary>Puts the parts of each recording together, in their order. Other files stand alone.</summary>
    /// <param name="files">The files.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Group(IReadOnlyList<string> files) =>
    [
        .. files.Distinct(StringComparer.Ordinal)
            .Select(file => (File: file, Match: PartPattern.Match(file)))
            .GroupBy(one => one.Match.Success ? one.Match.Groups[1].Value : one.File, StringComparer.Ordinal)
            .Select(group => (IReadOnlyList<string>)[.. group.OrderBy(one => one.Match.Success ? int.Parse(one.Match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0).Select(one => one.File)]),
    ];

    /// <summary>Reads the secret of the hashes, as the node does: a line end at its end does not count.</summary>
    /// <param name="path">The file.</param>
    public static byte[] ReadKey(string path) => File.ReadAllBytes(path).AsSpan().TrimEnd("\r\n"u8).ToArray();

    /// <summary>Checks a recording.</summary>
    /// <param name="parts">Its files.</param>
    /// <param name="key">The secret of the hashes; none where they need none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A line for people, and the exit code.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<(string Line, int ExitCode)> RunAsync(IReadOnlyList<string> parts, byte[]? key, CancellationToken cancellationToken)
    {
        using var verifier = new ChainVerifier(key);
        var buffer = new byte[BufferSize];
        foreach (var part in parts)
        {
            await using var file = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);
            verifier.BeginFile();
            while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                verifier.Append(buffer.AsSpan(0, count));
            }
        }

        var verdict = verifier.Complete();
        var place = string.Create(CultureInfo.InvariantCulture, $"{parts[verdict.File]}:{verdict.Line}: {verdict.Message}");
        return verdict.State switch
        {
            ChainState.Intact => ($"intact      {place}", 0),
            ChainState.Incomplete => ($"incomplete  {place}", Incomplete),
            _ => ($"ALTERED     {place}", Altered),
        };
    }

    [GeneratedRegex(@"^(.*)\.([0-9]{1,8})\.cast$", RegexOptions.Singleline)]
    private static partial Regex PartPattern { get; }
}
