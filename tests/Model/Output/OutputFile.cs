using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Output;

/// <summary>
/// The container's log file: everything that PID 1 has written in an epoch, less what rotation has taken. Reading takes its time and may fail.
/// </summary>
internal sealed class OutputFile(Run run, long epoch, long start = 0) : IStdioArchive
{
    private readonly HashSet<long> _faults = [];
    private readonly List<TaskCompletionSource> _waiting = [];

    public long Epoch { get; } = epoch;

    public long Length { get; private set; } = start;

    public long Tail { get; private set; } = start;

    /// <summary>Gets or sets a value indicating whether reading never fails.</summary>
    public bool IsSound { get; set; }

    public void Grow(int count) => Length += count;

    /// <summary>Rotation takes the oldest bytes.</summary>
    public void Trim(long tail) => Tail = Math.Max(Tail, Math.Min(tail, Length));

    /// <summary>Whether reading at an offset has failed.</summary>
    public bool HasFailedAt(long offset) => _faults.Contains(offset);

    /// <summary>The disk serves one request.</summary>
    public void Step()
    {
        if (_waiting.Count > 0)
        {
            var served = _waiting[0];
            _waiting.RemoveAt(0);
            served.SetResult();
        }
    }

    /// <summary>Who waited for the disk is dead.</summary>
    public void Forget() => _waiting.Clear();

    public async ValueTask<IStdioArchiveReader?> OpenAsync(long offset, CancellationToken cancellationToken)
    {
        await SeekAsync(offset);
        return offset >= Tail ? new OutputFileReader(run, this, offset) : null;
    }

    /// <summary>Waits for the disk, and fails at times.</summary>
    internal async ValueTask SeekAsync(long offset)
    {
        if (run.Dice.OneIn(2))
        {
            var served = new TaskCompletionSource();
            _waiting.Add(served);
            await served.Task;
        }

        if (!IsSound && run.Dice.OneIn(40))
        {
            _faults.Add(offset);
            run.Note($"the disk fails at {offset}");
            throw new IOException("the disk failed");
        }
    }
}
