using System.Globalization;

namespace CriAttach.Wire.CriLog;

// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
//
// offset 0    4  5  7  8  10 11 13 14 16 17 19 20
//        YYYY -  MM -  DD T  hh :  mm :  ss [.f{1,9}] Z | +hh:mm | -hh:mm
internal static class CriLogTime
{
    public const int WrittenLength = 35;

    private const int FractionAt = 19;
    private const int MaxFraction = 9;
    private const int ZoneLength = 6;
    private const int NanosecondsPerTick = 100;

    /// <summary>Nanoseconds since 1970 UTC; only the years that fit into 64 bits of them (1678 to 2261) are taken.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixNanoseconds)
    {
        unixNanoseconds = 0;
        if (text.Length <= FractionAt
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute)
            || !Number(text[17..19], out var second)
            || year is < 1678 or > 2261 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59
            || !Fraction(text[FractionAt..], out var nanoseconds, out var fractionLength)
            || !Zone(text[(FractionAt + fractionLength)..], out var zoneMinutes))
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        var ticks = local.Ticks - DateTime.UnixEpoch.Ticks - (zoneMinutes * TimeSpan.TicksPerMinute);
        unixNanoseconds = (ticks * NanosecondsPerTick) + nanoseconds;
        return true;
    }

    /// <summary>As conmon writes it where the clock runs in UTC: nine digits, and a zone of +00:00.</summary>
    public static void Write(Span<byte> destination, long unixNanoseconds)
    {
        var (second, nanoseconds) = Math.DivRem(unixNanoseconds, 1_000_000_000);
        if (nanoseconds < 0)
        {
            (second, nanoseconds) = (second - 1, nanoseconds + 1_000_000_000);
        }

        var time = DateTime.UnixEpoch.AddTicks(second * TimeSpan.TicksPerSecond);
        time.TryFormat(destination, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        destination[FractionAt] = (byte)'.';
        nanoseconds.TryFormat(destination[(FractionAt + 1)..], out _, "D9", CultureInfo.InvariantCulture);
        "+00:00"u8.CopyTo(destination[(FractionAt + 1 + MaxFraction)..]);
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    private static bool Fraction(ReadOnlySpan<byte> text, out int nanoseconds, out int length)
    {
        (nanoseconds, length) = (0, 0);
        if (text[0] != '.')
        {
            return true;
        }

        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > MaxFraction || !Number(text.Slice(1, digits), out nanoseconds))
        {
            return false;
        }

        for (var i = digits; i < MaxFraction; i++)
        {
            nanoseconds *= 10;
        }

        length = digits + 1;
        return true;
    }

    private static bool Zone(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text.Length != ZoneLength || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Number(text[1..3], out var hour) || !Number(text[4..6], out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
