using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests;

/// <summary>The protocols by their names, as theories want them; the empty name stands for none.</summary>
public static class Protocols
{
    public static TheoryData<string> All { get; } = [.. Every.Select(protocol => protocol.Name)];

    public static TheoryData<string> Raw { get; } = [.. Every.Where(protocol => !protocol.IsBase64).Select(protocol => protocol.Name)];

    public static TheoryData<string> Base64 { get; } = [.. Every.Where(protocol => protocol.IsBase64).Select(protocol => protocol.Name)];

    public static IEnumerable<StreamProtocol> Every => [.. StreamProtocol.Named, StreamProtocol.None];

    public static StreamProtocol Of(string name) =>
        StreamProtocol.TryParse(name, out var protocol) ? protocol : throw new ArgumentException($"'{name}' is no protocol.");
}
