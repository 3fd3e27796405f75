using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Runtimes.CriUpstream.Joining;

namespace CriAttach.Silo.Tests.Runtimes.CriUpstream;

/// <summary>
/// One container's output as containerd handles it: each chunk goes to whoever is attached and to a logger, which writes whole lines without their
/// carriage returns, pieces of lines that grow too long, and the rest at the end. Both arrive later than they were written.
/// </summary>
internal sealed class FakeRuntime : IMergedOutput
{
    private const int LongestLine = 200;

    private readonly List<byte> _line = [];
    private readonly Queue<byte[]> _records = new();
    private readonly Queue<byte[]> _live = new();
    private bool _attached;

    public FakeRuntime(bool terminal) => Merge = new OutputMerge(terminal, this);

    public OutputMerge Merge { get; }

    /// <summary>All that PID 1 wrote.</summary>
    public List<byte> Truth { get; } = [];

    /// <summary>All that was told, since the last time that it was said to be uncertain.</summary>
    public List<byte> Told { get; } = [];

    /// <summary>Whether the readers were told that something may be missing.</summary>
    public bool IsUncertain { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Truth.AddRange(bytes);
        if (_attached)
        {
            _live.Enqueue(bytes.ToArray());
        }

        foreach (var value in bytes)
        {
            _line.Add(value);
            if (value == '\n')
            {
                _records.Enqueue(LineEnds.AsLogged([.. _line]));
                _line.Clear();
            }
            else if (_line.Count > LongestLine)
            {
                _records.Enqueue([.. _line[..LongestLine]]);
                _line.RemoveRange(0, LongestLine);
            }
        }
    }

    public void Attach()
    {
        Detach();
        _attached = true;
        Merge.Begin();
    }

    /// <summary>The attachment ends; what was under way is lost.</summary>
    public void Detach()
    {
        _attached = false;
        _live.Clear();
        Merge.End();
    }

    /// <summary>The log goes on; a reader takes several records as one piece where they are there.</summary>
    public bool DeliverLog(int most = 1)
    {
        if (_records.Count == 0)
        {
            return false;
        }

        List<byte> piece = [];
        for (; most > 0 && _records.TryDequeue(out var record); most--)
        {
            piece.AddRange(record);
        }

        Check(Merge.AddLog(StdioStream.Stdout, [.. piece]));
        return true;
    }

    public bool DeliverLive()
    {
        if (!_live.TryDequeue(out var bytes))
        {
            return false;
        }

        Check(Merge.AddLive(StdioStream.Stdout, bytes));
        return true;
    }

    /// <summary>PID 1 ends.</summary>
    public void Exit()
    {
        _records.Enqueue([.. _line]);
        Detach();
        while (DeliverLog())
        {
            // To the end.
        }

        if (Merge.Ahead > 0)
        {
            BecomeUncertain();
        }
    }

    public void Tell(StdioStream stream, ReadOnlySpan<byte> bytes) => Told.AddRange(bytes);

    public void BecomeUncertain() => IsUncertain = true;

    private void Check(bool agrees)
    {
        if (!agrees)
        {
            BecomeUncertain();
            Merge.Forget();
            if (_attached)
            {
                Merge.Begin();
            }
        }
    }
}
