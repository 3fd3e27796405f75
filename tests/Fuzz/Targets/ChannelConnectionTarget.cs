using CriAttach.Fuzz.Oracles;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, the reader's room, then all that a hostile server sends. The whole client of channels against a model of it.</summary>
public sealed class ChannelConnectionTarget : IFuzzTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public string Name => "channel-client";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ChannelConnection)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length > 1)
        {
            var wire = input[2..];
            Trace.Same(ChannelConnectionOracle.Read(wire), ReadAsync(wire, input[0], 1 + input[1]).GetAwaiter().GetResult());
        }
    }

    private static async Task<Trace> ReadAsync(byte[] wire, int cut, int room)
    {
        using var transport = new FragmentStream(Fragments.Cut(wire, cut));
        await using var connection = new ChannelConnection(transport, StreamProtocol.Channel, new ChannelOptions());
        var output = new ChannelOutput();
        var buffer = new byte[room];
        while (await connection.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(Patience, TimeProvider.System) is { Count: > 0 } read)
        {
            output.Add(read.Channel, buffer.AsSpan(0, read.Count));
        }

        var trace = Answers(transport.ToArray());
        output.Tell(trace);
        trace.Add($"{connection.End?.Cause}");
        return trace;
    }

    private static Trace Answers(Memory<byte> sent)
    {
        var trace = new Trace();
        var frames = new WebSocketFrameReader(WebSocketRole.Server);
        while (frames.TryRead(ref sent, out var frame))
        {
            trace.Add($"{frame.Opcode}", frame.Payload.Span);
        }

        Trace.Holds(sent.IsEmpty, "whole frames are sent");
        return trace;
    }
}
