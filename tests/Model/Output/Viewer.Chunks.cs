using CriAttach.Interfaces.Stdio;

namespace CriAttach.Model.Tests.Output;

/// <content>Taking chunks.</content>
internal sealed partial class Viewer
{
    private readonly HashSet<(long Epoch, long Start)> _starts = [];
    private readonly Dictionary<long, long> _consumed = [];
    private TaskCompletionSource? _held;
    private long _epoch;
    private long? _expected;
    private (long Epoch, long Offset) _placeBeforeGap;

    /// <summary>Gets or sets a value indicating whether it takes a chunk only when <see cref="Read"/> says so.</summary>
    public bool IsSlow { get; set; }

    /// <summary>The offset up to which it has consumed everything of an epoch, or has begun there.</summary>
    public long ConsumedIn(long epoch) => _consumed.GetValueOrDefault(epoch);

    /// <summary>A node has answered that it begins there.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="start">The offset.</param>
    /// <param name="anew">Whether nothing that came before counts.</param>
    public void MayBeginAt(long epoch, long start, bool anew)
    {
        _starts.Add((epoch, start));
        if (anew)
        {
            _consumed[epoch] = Math.Max(ConsumedIn(epoch), start);
        }
    }

    /// <summary>A slow viewer is done with its chunk.</summary>
    public void Read()
    {
        var held = _held;
        _held = null;
        held?.SetResult();
    }

    private async Task TakeAsync(StdioChunk chunk)
    {
        var life = Life;
        Look(chunk);
        if (IsSlow)
        {
            _held = new TaskCompletionSource();
            await _held.Task;
            CheckBytes(chunk);
        }

        if (!life.IsOver && _expected is { } consumed)
        {
            _consumed[_epoch] = consumed;
        }
    }

    private void Look(StdioChunk chunk)
    {
        if (chunk.Kind == StdioChunkKind.Gap)
        {
            LookAtGap(chunk);
            return;
        }

        run.Check(chunk.Kind == StdioChunkKind.Data && chunk.Data.Length > 0, $"viewer {Number} got an empty {chunk.Kind}");
        Expect(chunk);
        CheckBytes(chunk);
        _expected = chunk.EndOffset;
    }

    /// <summary>The chunk is what comes next; where nobody knows what does, it is where a node has said it would begin.</summary>
    private void Expect(StdioChunk chunk)
    {
        if (_expected is null)
        {
            run.Check(_starts.Contains((chunk.Epoch, chunk.Offset)), $"viewer {Number} begins at {chunk.Offset}@{chunk.Epoch}, where no answer said so");
            _epoch = chunk.Epoch;
        }
        else
        {
            run.Check(chunk.Epoch == _epoch && chunk.Offset == _expected, $"viewer {Number} got {chunk.Offset}@{chunk.Epoch}, expected {_expected}@{_epoch}");
        }
    }

    private void LookAtGap(StdioChunk chunk)
    {
        run.Note($"viewer {Number}: gap of {chunk.GapLength} at {chunk.Offset}@{chunk.Epoch}");
        if (chunk.GapLength == StdioChunk.UnknownLength)
        {
            run.Check(chunk.Epoch != _epoch && chunk.Offset == (_expected ?? chunk.Offset), $"viewer {Number} is at {_expected}@{_epoch}, was told that {chunk.Offset} goes on as epoch {chunk.Epoch}");
            (_placeBeforeGap, _epoch, _expected) = (Place, chunk.Epoch, null);
            return;
        }

        Expect(chunk);
        run.Check(chunk.GapLength > 0 && world.Losses.Contains(chunk.Epoch, chunk.Offset, chunk.EndOffset), $"viewer {Number} was told of {chunk.GapLength} lost at {chunk.Offset}@{chunk.Epoch}, which no node gave up");
        _expected = chunk.EndOffset;
    }

    private void CheckBytes(StdioChunk chunk)
    {
        if (chunk.Kind == StdioChunkKind.Gap)
        {
            return;
        }

        var data = chunk.Data.Span;
        run.Check(data.SequenceEqual(OutputBytes.At(chunk.Epoch, chunk.Offset, data.Length)), $"viewer {Number} got wrong bytes at {chunk.Offset}@{chunk.Epoch}");
        for (var at = chunk.Offset; at < chunk.EndOffset; at += OutputBytes.RunAt(at))
        {
            run.Check(chunk.Stream == OutputBytes.StreamAt(at), $"viewer {Number} got {at} on {chunk.Stream}");
        }
    }
}
