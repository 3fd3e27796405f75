using System.Buffers;
using System.Text;
using System.Text.Json;
using CriAttach.Wire.Channels;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: protocol, then the content of the status channel.</summary>
public sealed class StatusTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "status";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(StatusCodec)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var protocol = (input[0] & 1) == 0 ? StreamProtocol.V5 : StreamProtocol.Channel;
        var content = input.AsSpan(1);
        var parsed = StatusCodec.TryParse(content, protocol, out var status);
        if (protocol.HasJsonStatus && content.Length > 0)
        {
            Trace.Holds((parsed ? status!.IsSuccess : null) == Verdict(content), "the verdict");
        }
        else
        {
            Trace.Holds(parsed && status!.IsSuccess == content.IsEmpty, "plain text is a failure");
        }

        if (parsed)
        {
            var output = new ArrayBufferWriter<byte>();
            StatusCodec.Write(output, protocol, status!);
            Trace.Holds(StatusCodec.TryParse(output.WrittenSpan, protocol, out var again), "what was written is read");
            Trace.Holds(again == status || status!.Message.Length == 0, $"{again} is {status}");
        }
    }

    private static bool? Verdict(ReadOnlySpan<byte> content)
    {
        try
        {
            string? found = null;
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content)));
            reader.Read();
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read() && isObject && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isStatus = reader.GetString() == "status";
                reader.Read();
                found = !isStatus ? found : reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }

            while (reader.Read())
            {
            }

            return found switch { "Success" => true, "Failure" => false, _ => null };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
