using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Input;

namespace CriAttach.Model.Tests.Input;

/// <summary>
/// A client that sends input, as the gateway passes it on: several chunks under way, its end when all of them have arrived. Where its session can be resumed
/// it goes on by another connection: what was not delivered again, but for what is in doubt.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="number">Its number, which its bytes carry.</param>
/// <param name="canResume">Whether it comes back when its connection is of no use any more.</param>
/// <param name="line">Its first connection.</param>
internal sealed class Typist(Run run, int number, bool canResume, TypistLine line)
{
    private const int MaxUnderWay = 8;

    private readonly List<(long From, long To)> _told = [];
    private readonly List<TypistLine> _lines = [line];
    private TypistLine? _line = line;
    private long _delivered;
    private long _doubted;

    public int Number { get; } = number;

    /// <summary>Gets a value indicating whether it comes back when its connection is of no use any more.</summary>
    public bool CanResume => canResume;

    /// <summary>Gets how many bytes it has sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Gets a value indicating whether it sends no more: it has ended its input, or was told that input is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Gets a value indicating whether the node has taken its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets a value indicating whether it has no connection.</summary>
    public bool IsOffline => _line is null;

    /// <summary>Gets a value indicating whether it waits for nothing.</summary>
    public bool IsIdle => _line is null or { UnderWay: 0 };

    /// <summary>Sends some bytes.</summary>
    public void Type(int records)
    {
        if (IsOver || _line is not { Life.IsOver: false, UnderWay: < MaxUnderWay })
        {
            return;
        }

        var from = Sent;
        Sent += records * InputRecord.Length;
        run.Note($"typist {Number} sends {from}+{Sent - from}");
        Send(_line, _line.Sent, Sent);
    }

    /// <summary>Ends its input.</summary>
    public void End()
    {
        if (!IsOver && _line is { Life.IsOver: false, UnderWay: 0 })
        {
            run.Note($"typist {Number} ends its input");
            IsOver = true;
            Send(_line, _line.Sent, Sent);
            _ = SendAsync(_line, StdioChunkKind.End, Sent, []);
        }
    }

    /// <summary>Asks whether all that it has sent is delivered.</summary>
    public void Ask()
    {
        if (_line is { Life.IsOver: false, UnderWay: < MaxUnderWay })
        {
            _ = SendAsync(_line, StdioChunkKind.Data, _line.Sent, []);
        }
    }

    /// <summary>Its connection is gone. What happens to what is under way it does not hear.</summary>
    public void Disconnect()
    {
        run.Note($"typist {Number} has no connection");
        _line = null;
    }

    /// <summary>It has another connection.</summary>
    /// <param name="next">The connection.</param>
    /// <param name="start">The offset at which input goes on.</param>
    /// <param name="doubtBefore">The offset before which it is in doubt unless it was delivered.</param>
    public void Connect(TypistLine next, long start, long doubtBefore)
    {
        run.Note($"typist {Number} goes on at {start}, with doubt before {doubtBefore}; {_delivered} are delivered and {Sent} sent");
        run.Check(start >= _delivered && start <= Sent && doubtBefore <= start, $"typist {Number} has sent {Sent} and had {_delivered} delivered; it is to go on at {start}, with doubt before {doubtBefore}");
        if (doubtBefore > _delivered)
        {
            _told.Add((_delivered, doubtBefore));
        }

        _delivered = start;
        _doubted = 0;
        _lines.Add(next);
        _line = next;

        // In one piece or in two: the first one's answer is not there when the second one goes. Or that goes with what is typed next.
        var middle = start + ((Sent - start) / run.Dice.Pick(2, int.MaxValue) / InputRecord.Length * InputRecord.Length);
        Send(next, start, middle);
        if (IsOver || !run.Dice.OneIn(3))
        {
            Send(next, middle, Sent);
        }

        if (IsOver)
        {
            _ = SendAsync(next, StdioChunkKind.End, Sent, []);
        }
    }

    /// <summary>The episode is over, and its processes end.</summary>
    public void EndLife() => _lines.ForEach(used => used.Life.End());

    /// <summary>Whether it was told that PID 1 may not have got these bytes, or that input was over by then, or nobody is there to be told.</summary>
    public bool Knows(long from, long to)
    {
        foreach (var told in _told.Order())
        {
            from = told.From <= from && told.To > from ? told.To : from;
        }

        return from >= to || (IsOffline && from >= _delivered);
    }

    public override string ToString() => $"typist {Number}, who has sent {Sent} and waits for {_line?.UnderWay} answers";

    private void Send(TypistLine by, long from, long to)
    {
        if (from < to)
        {
            by.Sent = to;
            var data = new byte[to - from];
            InputRecord.Write(data, Number, from);
            _ = SendAsync(by, StdioChunkKind.Data, from, data);
        }
    }

    private async Task SendAsync(TypistLine by, StdioChunkKind kind, long offset, byte[] data)
    {
        var chunk = new StdioChunk { Kind = kind, Stream = StdioStream.Stdin, Producer = by.Producer, Offset = offset, Data = data };
        by.UnderWay++;
        InputInDoubtException? doubt = null;
        var isOver = false;
        try
        {
            await by.Input.SendAsync(chunk);
        }
        catch (InputInDoubtException fault)
        {
            run.Check(fault.From < fault.To && fault.To <= by.Sent, $"typist {Number} has sent up to {by.Sent}, now {chunk.Offset}+{data.Length} and was told of doubt from {fault.From} to {fault.To}");
            doubt = fault;
        }
        catch (Exception fault) when (fault is InputClosedException or NodeUnavailableException or ContainerNotFoundException)
        {
            run.Note($"typist {Number} is told that input is over: {fault.GetType().Name}");
            isOver = true;
        }
        catch (Exception fault)
        {
            run.Fail($"sending input failed: {fault}");
        }

        // The caller's memory is its own again.
        Array.Clear(data);
        by.UnderWay--;
        if (_line == by)
        {
            Hear(chunk, doubt, isOver);
        }
    }

    private void Hear(StdioChunk chunk, InputInDoubtException? doubt, bool isOver)
    {
        if (isOver && canResume)
        {
            Disconnect();
        }
        else if (isOver)
        {
            _told.Add((0, long.MaxValue));
            IsOver = true;
        }
        else
        {
            HasEnded |= chunk.Kind == StdioChunkKind.End;
            if (doubt is not null)
            {
                run.Note($"typist {Number} is told of doubt from {doubt.From} to {doubt.To}");

                // As the gateway's pump does: all pieces say the same, and later ones more.
                if (doubt.To > _doubted)
                {
                    _told.Add((Math.Max(doubt.From, _doubted), doubt.To));
                    _doubted = doubt.To;
                }
            }
            else if (chunk.Kind == StdioChunkKind.End || chunk.Data.IsEmpty)
            {
                _delivered = Math.Max(_delivered, chunk.Offset);
            }
        }
    }
}
