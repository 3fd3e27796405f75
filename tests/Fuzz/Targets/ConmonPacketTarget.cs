using CriAttach.Wire.Conmon;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: a packet.</summary>
public sealed class ConmonPacketTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "conmon-packet";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ConmonPacket)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        var sound = input.Length >= 2 && input.Length <= 8193 && (input[0] == 2 || input[0] == 3);
        try
        {
            var packet = ConmonPacket.Parse(input);
            Trace.Holds(sound, "the packet is sound");
            var again = new byte[input.Length];
            var length = ConmonPacket.Write(again, packet.Pipe, packet.Payload.Span);
            Trace.Holds(again.AsSpan(0, length).SequenceEqual(input), "what was written");
        }
        catch (ConmonProtocolException)
        {
            Trace.Holds(!sound, "the packet is unsound");
        }
    }
}
