using System.Text;
using CriAttach.Wire.CriLog;

namespace CriAttach.Testing.Cri;

/// <summary>What a runtime's log of a container says.</summary>
public static class CriLogFile
{
    /// <summary>The standard output in it.</summary>
    /// <param name="path">The file.</param>
    public static byte[] Stdout(string path)
    {
        CriLogReader reader = new();
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        using MemoryStream output = new();
        while (reader.TryRead(ref rest, out var piece))
        {
            if (piece.Stream == CriLogStream.Stdout)
            {
                output.Write(piece.Content.Span);
            }
        }

        return output.ToArray();
    }

    /// <summary>Output as containerd logs it: without the carriage return before a line feed.</summary>
    /// <param name="bytes">What PID 1 wrote.</param>
    public static byte[] AsLogged(byte[] bytes) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal));
}
