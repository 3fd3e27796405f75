namespace CriAttach.Silo.Recordings;

/// <summary>The secret of the hashes.</summary>
internal static class RecordingKey
{
    private const int LeastBytes = 32;

    /// <summary>Reads it; a line end at its end does not count.</summary>
    /// <param name="path">The file; empty for none.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It is too short.</exception>
    public static byte[]? Read(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        var key = File.ReadAllBytes(path).AsSpan().TrimEnd("\r\n"u8).ToArray();
        return key.Length >= LeastBytes ? key : throw new FormatException($"{path} has {key.Length} bytes; a key has at least {LeastBytes}");
    }
}
