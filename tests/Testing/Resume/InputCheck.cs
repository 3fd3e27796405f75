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

    /// <summary>
    /// Holds what PID 1 got against what was typed: all of it in order, but for what is in doubt, of which each time any part of the beginning may have
    /// arrived.
    /// </summary>
    /// <param name="got">What PID 1 got.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public string? Judge(string got)
    {
        var typed = string.Concat(Enumerable.Range(0, (int)Interlocked.Read(ref _cells)).Select(cell => Cell(cell)));
        (long From, long To)[] doubts;
        lock (_gate)
        {
            doubts = [.. _doubts.Order()];
        }

        // Where in what it got the next byte may stand: in more than one place while one doubt follows on another.
        var at = 0;
        SortedSet<int> places = [0];
        foreach (var (from, to) in doubts)
        {
            var next = After(typed.AsSpan(at, Math.Max(0, (int)from - at)), got, places);
            if (next.Count == 0)
            {
                var same = typed.AsSpan(at).CommonPrefixLength(got.AsSpan(places.Min));
                return $"input between {at} and {from} is not what PID 1 got: from {at + same} on it has '{Part(got, places.Min + same)}', and {got.Length} of {typed.Length} bytes in all; in doubt: {string.Join(", ", doubts)}";
            }

            at = Math.Max(at, (int)from);
            places = [.. next.SelectMany(place => Enumerable.Range(place, 1 + typed.AsSpan(at, Math.Max(0, (int)to - at)).CommonPrefixLength(got.AsSpan(place))))];
            at = Math.Max(at, (int)to);
        }

        return After(typed.AsSpan(at), got, places).Contains(got.Length)
            ? null
            : $"of {typed.Length} bytes typed PID 1 has {got.Length}; from {at} on they differ: it has '{Part(got, places.Max)}'";
    }

    /// <summary>The places behind a text, from those where it may begin.</summary>
    private static SortedSet<int> After(ReadOnlySpan<char> text, string got, SortedSet<int> places)
    {
        SortedSet<int> next = [];
        foreach (var place in places)
        {
            if (got.AsSpan(place).StartsWith(text, StringComparison.Ordinal))
            {
                next.Add(place + text.Length);
            }
        }

        return next;
    }

    private static string Part(string text, int from) => text[from..Math.Min(text.Length, from + (CellLength * 6))].Replace('\n', ' ');

    private static string Cell(long number) => number.ToString("d9", CultureInfo.InvariantCulture) + "\n";
}
