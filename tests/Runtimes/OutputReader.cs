using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;

namespace CriAttach.Runtimes.Tests;

/// <summary>Reads a log as a subscriber does: from memory, and from the archive when it has fallen behind.</summary>
internal sealed class OutputReader : IDisposable
{
    private readonly SemaphoreSlim _advanced = new(0);
    private readonly LogReader _reader;
    private readonly List<LogSlice> _slices = [];
    private readonly byte[] _buffer = new byte[64 * 1024];

    public OutputReader(StdioLog log, long offset = 0, bool mayHold = true) =>
        _reader = log.OpenReader(offset, mayHold, () => _advanced.Release());

    /// <summary>Gets what was read and how it alternated between the two streams.</summary>
    public List<(StdioStream Stream, MemoryStream Bytes)> Runs { get; } = [];

    /// <summary>Gets how many bytes were read.</summary>
    public long Count { get; private set; }

    /// <summary>Gets how many of them came from the archive.</summary>
    public long FromArchive { get; private set; }

    /// <summary>Gets or sets what gets the bytes instead of <see cref="Runs"/>.</summary>
    public Action<StdioStream, ReadOnlyMemory<byte>>? Sink { get; set; }

    /// <summary>All that was read, in order, as text.</summary>
    public string Text => Encoding.UTF8.GetString([.. Runs.SelectMany(run => run.Bytes.ToArray())]);

    /// <summary>What was read of one stream.</summary>
    public byte[] Of(StdioStream stream) => [.. Runs.Where(run => run.Stream == stream).SelectMany(run => run.Bytes.ToArray())];

    /// <summary>Reads until the end.</summary>
    public Task ToEndAsync() => UntilAsync(static () => false);

    /// <summary>Reads until the text was seen.</summary>
    public async Task UntilTextAsync(string text)
    {
        if (!await UntilAsync(() => Text.Contains(text, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"the output ended without '{text}': {Text}");
        }
    }

    /// <summary>Reads until the condition holds.</summary>
    /// <returns><c>false</c> when the output ended before.</returns>
    public async Task<bool> UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            switch (_reader.Log.TryRead(_reader, _buffer.Length, _slices))
            {
                case LogReadStatus.Data:
                    foreach (var slice in _slices)
                    {
                        Take(slice.Stream, slice.Data);
                        slice.Owner.Release();
                    }

                    _slices.Clear();
                    _reader.Log.Consume(_reader, _reader.Position);
                    break;
                case LogReadStatus.Behind:
                    await ReadArchiveAsync();
                    break;
                case LogReadStatus.End:
                    return false;
                default:
                    await _advanced.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
                    break;
            }
        }

        return true;
    }

    public void Dispose() => _reader.Log.CloseReader(_reader);

    private async Task ReadArchiveAsync()
    {
        var reader = await _reader.Log.Archive!.OpenAsync(_reader.Position, TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException($"offset {_reader.Position} is gone");
        await using (reader)
        {
            while (_reader.Position < _reader.Log.Tail)
            {
                var read = await reader.ReadAsync(_buffer, TestContext.Current.CancellationToken);
                Assert.NotEqual(0, read.Count);
                Take(read.Stream, _buffer.AsMemory(0, read.Count));
                FromArchive += read.Count;
                _reader.Log.Skip(_reader, _reader.Position + read.Count);
                _reader.Log.Consume(_reader, _reader.Position);
            }
        }
    }

    private void Take(StdioStream stream, ReadOnlyMemory<byte> data)
    {
        Count += data.Length;
        if (Sink is not null)
        {
            Sink(stream, data);
            return;
        }

        if (Runs.Count == 0 || Runs[^1].Stream != stream)
        {
            Runs.Add((stream, new MemoryStream()));
        }

        Runs[^1].Bytes.Write(data.Span);
    }
}
