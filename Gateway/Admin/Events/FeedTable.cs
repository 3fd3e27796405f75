using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>
/// What was last told of each container, or of each session: its very JSON. One moment is compared with the next by these bytes, so no field can be forgotten
/// in the comparison, and what did not change costs no memory.
/// </summary>
/// <typeparam name="T">What is told of each.</typeparam>
/// <param name="name">The name of its events.</param>
/// <param name="type">How it is written.</param>
/// <param name="nameOf">What names it.</param>
internal sealed class FeedTable<T>(string name, JsonTypeInfo<T> type, Func<T, FeedName> nameOf)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Dictionary<FeedName, Told> _told = [];
    private long _moment;

    /// <summary>Gets everything as it was last told, as JSON.</summary>
    public IReadOnlyList<byte[]> All => [.. _told.Values.Select(told => told.Json!)];

    /// <summary>Tells whether something was told, and not yet that it is gone.</summary>
    /// <param name="item">What it is.</param>
    public bool Has(T item) => _told.ContainsKey(nameOf(item));

    /// <summary>Takes the next moment.</summary>
    /// <param name="now">What is.</param>
    /// <param name="silent">The nodes that did not answer: what they hold is not gone.</param>
    /// <param name="last">What ended since, to be told once more; an end that says nothing is told as gone.</param>
    /// <returns>The events that tell what changed.</returns>
    public IReadOnlyList<byte[]> Next(IEnumerable<T> now, IReadOnlyCollection<string> silent, IEnumerable<T> last)
    {
        _moment++;
        var set = new List<byte[]>();
        using var json = new Utf8JsonWriter(_buffer);
        foreach (var item in now)
        {
            ref var told = ref CollectionsMarshal.GetValueRefOrAddDefault(_told, nameOf(item), out _);
            told.Moment = _moment;
            var written = Write(json, item);
            if (!written.SequenceEqual(told.Json))
            {
                told.Json = written.ToArray();
                set.Add(told.Json);
            }
        }

        foreach (var item in last)
        {
            _told.Remove(nameOf(item));
            set.Add(Write(json, item).ToArray());
        }

        var gone = _told.Where(pair => pair.Value.Moment != _moment && !silent.Contains(pair.Key.Node)).Select(pair => pair.Key).ToList();
        gone.ForEach(one => _told.Remove(one));
        return [.. FeedText.Changes(name, set, gone)];
    }

    private ReadOnlySpan<byte> Write(Utf8JsonWriter json, T item)
    {
        _buffer.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, item, type);
        return _buffer.WrittenSpan;
    }

    private struct Told
    {
        public byte[]? Json;
        public long Moment;
    }
}
