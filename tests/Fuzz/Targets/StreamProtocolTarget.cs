using System.Text;
using CriAttach.Wire.Channels;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: the lines of a Sec-WebSocket-Protocol header.</summary>
public sealed class StreamProtocolTarget : IFuzzTarget
{
    private static readonly string[] Known =
    [
        "v5.channel.k8s.io", "v4.channel.k8s.io", "v4.base64.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io",
        "channel.k8s.io", "base64.channel.k8s.io",
    ];

    /// <inheritdoc />
    public string Name => "stream-protocol";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(StreamProtocol)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var names = text.Split(',', '\n').Select(name => name.Trim()).Where(name => name.Length > 0).ToList();
        var expected = names.Count == 0 ? "" : names.Find(name => Known.Contains(name));
        var found = StreamProtocol.TryNegotiate(text.Split('\n'), out var protocol);
        Trace.Holds(found == (expected is not null) && protocol?.Name == expected, $"{protocol} is {expected}");
        Trace.Holds(
            StreamProtocol.TryParse(text, out var parsed) == (text.Length == 0 || Known.Contains(text))
                && (parsed is null || parsed.Name == text),
            "a name is parsed");
    }
}
