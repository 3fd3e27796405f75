using System.Globalization;
using System.Text;
using CriAttach.Wire.Resume;

namespace CriAttach.Testing.Resume;

/// <summary>What was typed, what of it is in doubt, and whether PID 1 got the rest once and in order.</summary>
internal sealed class InputCheck
{
    private const int CellLength = 10;

    private readonly Lock _gate = new();
    private readonly List<(long From, long To)> _doubts = [];
    private long _cells;
    private long _acknowledged;

    /// <summary>Gets the number of bytes typed.</summary>
    public long Typed => Interlocked.Read(ref _cells) * CellLength;

    /// <summary>Gets the number of bytes that are in doubt and were told to be.</summary>
    public long InDoubt
    {
        get
        {
            lock (_gate)
            {
                return _doubts.Sum(doubt => doubt.To - doubt.From);
            }
        }
    }

    /// <summary>The next bytes to type.</summary>
    /// <param name="cells">How many cells of ten bytes.</param>
    public byte[] Next(int cells)
    {
        var first = Interlocked.Add(ref _cells, cells) - cells;
        return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, cells).Select(cell => Cell(first + cell))));
    }

    /// <summary>Takes a message of the control channel.</summary>
    /// <param name="message">The message.</param>
    public void Hear(ResumeMessage message)
    {
        lock (_gate)
        {
            switch (message)
            {
                case InputDelivered delivered:
                    _acknowledged = Math.Max(_acknowledged, delivered.Offset);
                    break;
                case InputDoubt doubt:
                    Doubt(doubt.From, doubt.To);
                    break;
                case ResumeHello hello:
                    Doubt(_acknowledged, hello.DoubtBefore);
                    break;
                default:
                    break;
            }
        }
    }

    private void Doubt(long from, long to)
    {
        if (to > from)
        {
            _doubts.Add((Math.Max(from, _acknowledged), to));
            _acknowledged = Math.Max(_acknowledged, to);
        }
    }

    /// <summary>Holds what PID 1 got against what was typed.</summary>
    /// <param name="got">What PID 1 got.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public string? Judge(string got)
    {
        var typed = string.Concat(Enumerable.Range(0, (int)Interlocked.Read(ref _cells)).Select(cell => Cell(cell)));
        (long From, long To)[] doubts;
        lock (_gate)
        {
            doubts = [.. Joined(_doubts)];
        }

        int at = 0, seen = 0;
        foreach (var (from, to) in doubts)
        {
            if (string.CompareOrdinal(typed, at, got, seen, (int)from - at) != 0)
            {
                return $"input between {at} and {from} is not what PID 1 got from {seen} on; it has {got.Length} of {typed.Length} bytes, those like it {Common(typed, at, got, seen)}, then '{Part(got, seen + Common(typed, at, got, seen))}'";
            }

            seen += (int)from - at;
            at = (int)to;

            // Any part of the beginning may have arrived; what follows says how much.
            var rest = typed.Substring(at, Math.Min(CellLength * 3, typed.Length - at));
            var arrived = Enumerable.Range(0, (int)(to - from) + 1).FirstOrDefault(
                length => string.CompareOrdinal(typed, (int)from, got, seen, length) == 0 && got.AsSpan(Math.Min(got.Length, seen + length)).StartsWith(rest, StringComparison.Ordinal), -1);
            if (arrived < 0)
            {
                return $"input behind the doubt of {from} to {to} did not arrive once: PID 1 has '{Part(got, seen)}'";
            }

            seen += arrived;
        }

        return string.CompareOrdinal(typed, at, got, seen, Math.Max(typed.Length - at, got.Length - seen)) == 0
            ? null
            : $"of {typed.Length} bytes typed PID 1 has {got.Length}; from {at} on they differ";
    }

    private static int Common(string typed, int at, string got, int seen) =>
        typed.AsSpan(at).CommonPrefixLength(got.AsSpan(Math.Min(seen, got.Length)));

    private static string Part(string text, int from) => text[Math.Min(text.Length, from)..Math.Min(text.Length, from + (CellLength * 6))].Replace('\n', ' ');

    /// <summary>Doubts that touch, as those of two ends of a silo in a row may, are one: nothing between them need have arrived.</summary>
    private static List<(long From, long To)> Joined(List<(long From, long To)> doubts)
    {
        List<(long From, long To)> joined = [];
        foreach (var doubt in doubts.Order())
        {
            if (joined.Count > 0 && joined[^1].To >= doubt.From)
            {
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, doubt.To));
            }
            else
            {
                joined.Add(doubt);
            }
        }

        return joined;
    }

    private static string Cell(long number) => number.ToString("d9", CultureInfo.InvariantCulture) + "\n";
}
