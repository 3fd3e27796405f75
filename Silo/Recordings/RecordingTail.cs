using System.Globalization;
using System.Text;

namespace CriAttach.Silo.Recordings;

/// <summary>The comment before each hash that says how far in the container's output the recording has come: a silo that finds a recording without an end goes on there.</summary>
internal static class RecordingTail
{
    private const string Prefix = "# criattach output ";
    private const int Window = 512 * 1024;

    /// <summary>The comment, without the <c># </c> before it.</summary>
    public static string Comment(long epoch, long offset) => string.Create(CultureInfo.InvariantCulture, $"{Prefix[2..]}{epoch} {offset}");

    /// <summary>The last such place in a file; none where there is none near its end.</summary>
    public static (long Epoch, long Offset)? Read(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(Window, stream.Length), SeekOrigin.End);
        var bytes = new byte[Math.Min(Window, stream.Length)];
        var lines = Encoding.Latin1.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Split('\n');

        // What stands behind the last line break may be half a line.
        for (var i = lines.Length - 2; i >= 0; i--)
        {
            if (lines[i].StartsWith(Prefix, StringComparison.Ordinal)
                && lines[i][Prefix.Length..].Split(' ') is [var epoch, var offset]
                && long.TryParse(epoch, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var e)
                && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var o))
            {
                return (e, o);
            }
        }

        return null;
    }
}
