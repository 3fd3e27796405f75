namespace CriAttach.Model.Tests.Output;

/// <summary>What the nodes gave up; whether they might has been checked.</summary>
internal sealed class OutputLosses
{
    private readonly HashSet<(long Epoch, long From, long To)> _all = [];
    private readonly Dictionary<long, long> _last = [];

    public void Add(long epoch, long from, long to)
    {
        _all.Add((epoch, from, to));
        _last[epoch] = Math.Max(Last(epoch), to);
    }

    public bool Contains(long epoch, long from, long to) => _all.Contains((epoch, from, to));

    /// <summary>The end of an epoch's last gap: what lies before is not under way.</summary>
    public long Last(long epoch) => _last.GetValueOrDefault(epoch);
}
