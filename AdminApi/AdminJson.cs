using System.Text.Json;
using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>How the messages of the admin API are written: camelCase, enums as words, absent values left out.</summary>
/// <remarks>The generator gives an absent init member its type's default, so the records turn null into empty themselves.</remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
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
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(InputBody))]
[JsonSerializable(typeof(RecordingList))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(LoginTicket))]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(FeedHello))]
[JsonSerializable(typeof(FeedKey))]
[JsonSerializable(typeof(ContainerChanges))]
[JsonSerializable(typeof(SessionChanges))]
[JsonSerializable(typeof(GatewayView))]
public sealed partial class AdminJson : JsonSerializerContext;
