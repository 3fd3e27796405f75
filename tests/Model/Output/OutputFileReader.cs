using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Output;

/// <summary>Reads a log file from an offset on. An open file can be read although rotation has taken its name.</summary>
internal sealed class OutputFileReader(Run run, OutputFile file, long offset) : IStdioArchiveReader
{
    private long _at = offset;

    public async ValueTask<ArchiveRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await file.SeekAsync(_at);
        var most = (int)Math.Min(Math.Min(buffer.Length, OutputBytes.RunAt(_at)), file.Length - _at);
        if (most == 0)
        {
            return default;
        }

        var count = run.Dice.OneIn(4) ? run.Dice.Between(1, most) : most;
        OutputBytes.At(file.Epoch, _at, count).CopyTo(buffer.Span);
        var stream = OutputBytes.StreamAt(_at);
        _at += count;
        return new ArchiveRead(stream, count);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
