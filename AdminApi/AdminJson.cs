using System.Text.Json;
using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>How the messages of the admin API are written: camelCase, enums as words, absent values left out.</summary>
/// <remarks>The generator gives an absent init member its type's default, so the records turn null into empty themselves.</remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(ContainerList))]
[JsonSerializable(typeof(ContainerView))]
[JsonSerializable(typeof(CreateContainerBody))]
[JsonSerializable(typeof(AttachBody))]
[JsonSerializable(typeof(AttachAnswer))]
[JsonSerializable(typeof(StopBody))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(RecordingList))]
[JsonSerializable(typeof(Problem))]
public sealed partial class AdminJson : JsonSerializerContext;
