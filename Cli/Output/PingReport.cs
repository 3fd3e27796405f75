using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CriAttach.Cli.Output;

/// <summary>What <c>criattach ping</c> tells.</summary>
internal sealed partial record PingReport
{
    /// <summary>Gets the URL that Attach answered, without its secret.</summary>
    public required string AttachUrl { get; init; }

    /// <summary>Gets the URL that was streamed through, without its secret.</summary>
    public required string StreamUrl { get; init; }

    /// <summary>Gets how many chunks came back.</summary>
    public required int Count { get; init; }

    /// <summary>Gets how many bytes came back.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets the median round trip.</summary>
    public required double P50Milliseconds { get; init; }

    /// <summary>Gets the round trip that 99 of 100 did not exceed.</summary>
    public required double P99Milliseconds { get; init; }

    /// <summary>The report for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.PingReport);

    /// <summary>The report for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"attach via {AttachUrl}, stream via {StreamUrl}, {Bytes} bytes echoed, echo p50 {P50Milliseconds:0.00} ms, p99 {P99Milliseconds:0.00} ms");

    [JsonSerializable(typeof(PingReport))]
    private sealed partial class ReportJson : JsonSerializerContext
    {
        public static ReportJson Readable { get; } =
            new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
