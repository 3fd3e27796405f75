using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Output;

/// <summary>PID 1's output on its way into the log: first into the file, then, as far as readers let it, into memory.</summary>
internal sealed class OutputWriter(Run run, HoldWatch holds)
{
    // What fits into PID 1's pipe: more it cannot write while nobody reads on.
    private const int Pipe = 16 * 1024;

    private StdioLog? _log;
    private Task _room = Task.CompletedTask;

    /// <summary>Gets or sets the file; each epoch has one.</summary>
    public required OutputFile File { get; set; }

    /// <summary>Goes on into another log, or into none as long as the silo is dead.</summary>
    public void Into(StdioLog? log)
    {
        _log = log;
        _room = Task.CompletedTask;
        holds.Forget();
    }

    /// <summary>PID 1 writes.</summary>
    public void Write(int count)
    {
        if (_log is null || File.Length - _log.Head + count <= Pipe)
        {
            File.Grow(count);
        }

        Pump();
    }

    /// <summary>Moves into memory what has room there.</summary>
    public void Pump()
    {
        if (_log is null)
        {
            return;
        }

        while (_room.IsCompleted && _log.Head < File.Length)
        {
            holds.See(held: false);
            _room = _log.WaitForRoomAsync(CancellationToken.None).AsTask();
            if (_room.IsCompleted)
            {
                AppendSome(_log);
            }
        }

        _log.Flush();
        holds.See(!_room.IsCompleted);
    }

    private void AppendSome(StdioLog log)
    {
        var left = run.Dice.Between(1, (int)Math.Min(4096, File.Length - log.Head));
        while (left > 0)
        {
            var count = Math.Min(left, OutputBytes.RunAt(log.Head));
            left -= count;
            log.Append(OutputBytes.StreamAt(log.Head), OutputBytes.At(File.Epoch, log.Head, count), more: left > 0 || run.Dice.OneIn(4));
        }
    }
}
