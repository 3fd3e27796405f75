using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CriAttach.Grains.Ports;
using CriAttach.Silo.Recordings;

namespace CriAttach.Silo.State;

/// <summary>How the silo's files on disk are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ContainerKeyConverter), typeof(SessionKeyConverter)])]
[JsonSerializable(typeof(ContainerRecord))]
[JsonSerializable(typeof(SessionRecord))]
[JsonSerializable(typeof(RecordingRecord))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class StateJson : JsonSerializerContext;
