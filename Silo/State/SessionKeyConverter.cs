using System.Text.Json;
using System.Text.Json.Serialization;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Silo.State;

/// <summary>A session's key as its text; empty for none.</summary>
internal sealed class SessionKeyConverter : JsonConverter<SessionKey>
{
    /// <inheritdoc/>
    public override SessionKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? SessionKey.Parse(text) : default;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SessionKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value == default ? "" : value.ToString());
}
