using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CriAttach.Wire.Resume;

/// <summary>Where a client goes on: the query of the URL with which it comes back.</summary>
/// <param name="Epoch">The epoch of <paramref name="Offset"/>, as it was last told.</param>
/// <param name="Offset">The offset of the first byte of output that the client has not got.</param>
/// <param name="Input">The offset behind the last byte of input that the client ever sent.</param>
public sealed record ResumePoint(long Epoch, long Offset, long Input)
{
    /// <summary>The query, without a question mark.</summary>
    public string ToQuery() => string.Create(CultureInfo.InvariantCulture, $"epoch={Epoch}&offset={Offset}&input={Input}");

    /// <summary>Reads the parameters of a query.</summary>
    /// <param name="find">The text of a parameter; null where there is none.</param>
    /// <param name="point">The point; null when none of the parameters is there.</param>
    /// <returns><c>false</c> when some are there and are not three whole numbers from zero up.</returns>
    public static bool TryRead(Func<string, string?> find, out ResumePoint? point)
    {
        point = null;
        string?[] texts = [find("epoch"), find("offset"), find("input")];
        if (texts.All(text => text is null))
        {
            return true;
        }

        if (!TryParse(texts[0], out var epoch) || !TryParse(texts[1], out var offset) || !TryParse(texts[2], out var input))
        {
            return false;
        }

        point = new ResumePoint(epoch, offset, input);
        return true;
    }

    private static bool TryParse([NotNullWhen(true)] string? text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
