using System.Text.Json.Serialization;

namespace CriAttach.Wire.Resume;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ResumeMessage))]
internal sealed partial class ResumeJson : JsonSerializerContext;
