using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;

namespace CriAttach.Model.Tests.Input;

/// <summary>A claimed session that sends input, as the gateway does: several chunks under way, its end when all of them have arrived.</summary>
internal sealed class Typist(Run run, int number, Guid producer, IStdioOwner owner, DeliveryOptions options, Life life)
{
    private const int MaxUnderWay = 8;

    private readonly InputProducer _producer = new(producer, start: 0, owner, options, life);
    private readonly List<(long From, long To)> _told = [];
    private int _underWay;

    public int Number { get; } = number;

    public Life Life { get; } = life;

    /// <summary>Gets how many bytes it has sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Gets a value indicating whether it sends no more: it has ended its input, or was told that input is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Gets a value indicating whether the node has taken its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets a value indicating whether it waits for nothing.</summary>
    public bool IsIdle => _underWay == 0;

    /// <summary>Sends some bytes.</summary>
    public void Type(int records)
    {
        if (IsOver || Life.IsOver || _underWay == MaxUnderWay)
        {
            return;
        }

        var data = new byte[records * InputRecord.Length];
        InputRecord.Write(data, Number, Sent);
        run.Note($"typist {Number} sends {Sent}+{data.Length}");
        var chunk = new StdioChunk { Kind = StdioChunkKind.Data, Stream = StdioStream.Stdin, Producer = producer, Offset = Sent, Data = data };
        Sent += data.Length;
        _ = SendAsync(chunk, data);
    }

    /// <summary>Ends its input.</summary>
    public void End()
    {
        if (!IsOver && IsIdle && !Life.IsOver)
        {
            run.Note($"typist {Number} ends its input");
            IsOver = true;
            _ = SendAsync(new StdioChunk { Kind = StdioChunkKind.End, Stream = StdioStream.Stdin, Producer = producer, Offset = Sent }, []);
        }
    }

    /// <summary>Whether it was told that PID 1 may not have got these bytes, or that input was over by then.</summary>
    public bool Knows(long from, long to)
    {
        foreach (var told in _told.Order())
        {
            from = told.From <= from && told.To > from ? told.To : from;
        }

        return from >= to;
    }

    private async Task SendAsync(StdioChunk chunk, byte[] data)
    {
        _underWay++;
        try
        {
            await _producer.SendAsync(chunk);
            HasEnded |= chunk.Kind == StdioChunkKind.End;
        }
        catch (InputInDoubtException doubt)
        {
            HasEnded |= chunk.Kind == StdioChunkKind.End;
            run.Note($"typist {Number} is told of doubt from {doubt.From} to {doubt.To}");
            run.Check(doubt.From < doubt.To && doubt.To <= Sent, $"typist {Number} sent {chunk.Offset}+{data.Length} and was told of doubt from {doubt.From} to {doubt.To}");
            _told.Add((doubt.From, doubt.To));
        }
        catch (Exception fault) when (fault is InputClosedException or NodeUnavailableException or ContainerNotFoundException)
        {
            run.Note($"typist {Number} is told that input is over: {fault.GetType().Name}");
            _told.Add((0, long.MaxValue));
            IsOver = true;
        }

        // The caller's memory is its own again.
        Array.Clear(data);
        _underWay--;
    }
}
