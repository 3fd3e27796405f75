using System.Globalization;
using System.Text;

namespace CriAttach.Testing.Resume;

/// <summary>
/// Output in which every place tells where it is: cells of 16 bytes, each its own number in hexadecimal and a mark. It repeats after 64 MiB.
/// </summary>
internal static class MarkedOutput
{
    /// <summary>After how many bytes it repeats.</summary>
    public const int Period = 64 * 1024 * 1024;

    private const int CellLength = 16;
    private const char Mark = '.';

    private static readonly byte[] Content = Make();


    /// <summary>Writes one period into a file.</summary>
    /// <param name="path">The file.</param>
    public static Task WriteAsync(string path) => File.WriteAllBytesAsync(path, Content);

    /// <summary>Whether bytes are those of a place.</summary>
    /// <param name="place">The place: bytes since the beginning.</param>
    /// <param name="data">The bytes.</param>
    public static bool Fits(long place, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var at = (int)(place % Period);
            var length = Math.Min(data.Length, Period - at);
            if (!data[..length].SequenceEqual(Content.AsSpan(at, length)))
            {
                return false;
            }

            place += length;
            data = data[length..];
        }

        return true;
    }

    /// <summary>Where bytes belong within a period; -1 when they are too few to tell.</summary>
    /// <param name="data">The bytes.</param>
    public static int Locate(ReadOnlySpan<byte> data)
    {
        var mark = data.IndexOf((byte)Mark);
        if (mark < 0
            || data.Length < mark + CellLength
            || !int.TryParse(Encoding.ASCII.GetString(data.Slice(mark + 1, CellLength - 1)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var cell))
        {
            return -1;
        }

        var place = (cell * CellLength) - mark - 1;
        return place >= 0 ? place : place + Period;
    }

    private static byte[] Make()
    {
        var content = new byte[Period];
        for (var cell = 0; cell < Period / CellLength; cell++)
        {
            Encoding.ASCII.GetBytes(cell.ToString("x15", CultureInfo.InvariantCulture), content.AsSpan(cell * CellLength));
            content[(cell * CellLength) + CellLength - 1] = (byte)Mark;
        }

        return content;
    }
}
