using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Input;

namespace CriAttach.Model.Tests.Input;

/// <summary>
/// A silo's way to PID 1's standard input. PID 1 may take its time, and the silo may die meanwhile; so may what was written lie on the way, as it does in
/// conmon's socket, and then be lost with the silo.
/// </summary>
internal sealed class NodeStdin(ModelStdin stdin, Run run, Life life) : IStdinSink
{
    private readonly Queue<byte[]> _lying = new();
    private TaskCompletionSource? _reading;
    private ReadOnlyMemory<byte> _data;
    private bool _isOver;

    /// <inheritdoc/>
    public bool IsHandedOver => _lying.Count == 0 && !_isOver;

    /// <summary>Gets a value indicating whether input waits for PID 1.</summary>
    public bool IsWaiting => _reading is not null;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        run.Check(!life.IsOver && _reading is null, "input is written by a dead silo, or twice at a time");
        if (stdin.IsClosed)
        {
            throw new IOException("PID 1 has closed its input");
        }

        if (run.Dice.OneIn(100))
        {
            _data = data;
            Break();
            throw new StdinInterruptedException("the way to PID 1 breaks", new IOException());
        }

        if (run.Dice.OneIn(4))
        {
            _lying.Enqueue(data.ToArray());
            return;
        }

        if (IsHandedOver && !stdin.IsDeaf && run.Dice.OneIn(2))
        {
            stdin.Take(data.Span);
            return;
        }

        _data = data;
        _reading = new TaskCompletionSource();
        using var registration = cancellationToken.Register(Cancel);
        await _reading.Task;
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        run.Note("PID 1's input is closed");
        stdin.Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>PID 1 reads what waits for it.</summary>
    public void Read()
    {
        if (stdin.IsDeaf)
        {
            return;
        }

        while (_lying.TryDequeue(out var data))
        {
            stdin.Take(data);
        }

        if (_reading is { } reading)
        {
            stdin.Take(_data.Span);
            _reading = null;
            reading.SetResult();
        }
    }

    /// <summary>The silo is dead.</summary>
    public void Forget()
    {
        if (_reading is null)
        {
            _data = default;
        }

        Break();
        _reading = null;
        _isOver = true;
    }

    /// <summary>PID 1 has some of what was being written, or nothing, or all of it; likewise of what lay on the way before that.</summary>
    private void Break()
    {
        run.Note("the way to PID 1's input breaks");
        for (var left = run.Dice.Between(0, _lying.Count); left > 0; left--)
        {
            stdin.Take(_lying.Dequeue());
        }

        if (_lying.Count == 0)
        {
            stdin.Take(_data.Span[..(run.Dice.Between(0, _data.Length / InputRecord.Length) * InputRecord.Length)]);
        }

        _lying.Clear();
        _data = default;
    }

    private void Cancel()
    {
        var reading = _reading;
        Forget();
        reading?.SetCanceled();
    }
}
