using System.Globalization;

namespace CriAttach.Model.Tests.Simulation;

/// <summary>What happened lately, for whoever reads of a failure; and a fingerprint of all that happened.</summary>
internal sealed class Trace
{
    private const int Kept = 30;

    private readonly string[] _last = new string[Kept];
    private long _count;

    /// <summary>Gets a number that differs where anything did.</summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037;

    public void Add(int step, TimeSpan now, string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{step} {now.TotalSeconds:F2}s {what}");
        _last[_count++ % Kept] = line;
        foreach (var letter in line)
        {
            Fingerprint = (Fingerprint ^ letter) * 1099511628211;
        }
    }

    public override string ToString() =>
        string.Join('\n', Enumerable.Range(0, (int)Math.Min(_count, Kept)).Select(i => _last[(_count - Math.Min(_count, Kept) + i) % Kept]));
}
