using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin.Events;

// event: NAME \n data: JSON on one line \n \n          (HTML standard, section 9.2)

/// <summary>Events as server-sent events are written.</summary>
internal static class FeedText
{
    /// <summary>How many containers or sessions an event tells at most.</summary>
    public const int MaxItems = 500;

    /// <summary>A line that says nothing: it keeps proxies from taking the connection for dead.</summary>
    public static readonly byte[] Comment = ": \n\n"u8.ToArray();

    /// <summary>The event without content that ends the first telling.</summary>
    public static readonly byte[] Synced = Write(FeedEvents.Synced, static json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    /// <summary>An event.</summary>
    /// <typeparam name="T">The type of its content.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="type">How the content is written.</param>
    public static byte[] Write<T>(string name, T content, JsonTypeInfo<T> type) => Write(name, json => JsonSerializer.Serialize(json, content, type));

    /// <summary>Events that tell what is, and what is no more.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="set">What is, as JSON.</param>
    /// <param name="gone">What is no more.</param>
    public static IEnumerable<byte[]> Changes(string name, IReadOnlyCollection<byte[]> set, IReadOnlyCollection<FeedName> gone)
    {
        foreach (var part in set.Chunk(MaxItems))
        {
            yield return Write(name, json => WriteChanges(json, part, []));
        }

        foreach (var part in gone.Chunk(MaxItems))
        {
            yield return Write(name, json => WriteChanges(json, [], part));
        }
    }

    private static void WriteChanges(Utf8JsonWriter json, byte[][] set, FeedName[] gone)
    {
        json.WriteStartObject();
        json.WriteStartArray("set");
        foreach (var item in set)
        {
            json.WriteRawValue(item, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteStartArray("gone");
        foreach (var name in gone)
        {
            JsonSerializer.Serialize(json, new FeedKey { Node = name.Node, Id = name.Id }, AdminJson.Default.FeedKey);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] Write(string name, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: "));
        using (var json = new Utf8JsonWriter(buffer))
        {
            content(json);
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
