namespace CriAttach.Wire.Conmon;

// https://github.com/containers/conmon/blob/main/src/conn_sock.c (PROTOCOL.md 5.2)
//
// attach socket, SOCK_SEQPACKET: a packet is what one receive returns, cut short when the buffer is.
//
//                  byte 0                       bytes 1..8192
// conmon -> us     pipe: 2 stdout, 3 stderr     output
// us -> conmon     raw stdin, up to 32768 bytes, without a pipe byte
//
// A receive of 0 bytes is no packet: the container has ended.

/// <summary>A packet of a container's output from conmon's attach socket.</summary>
/// <param name="pipe">Where the bytes come from.</param>
/// <param name="payload">The bytes.</param>
public readonly struct ConmonPacket(ConmonPipe pipe, Memory<byte> payload)
{
    /// <summary>The longest packet from conmon: a receive needs a buffer of this size.</summary>
    public const int MaxLength = HeaderLength + MaxPayloadLength;

    /// <summary>The most output that a packet holds.</summary>
    public const int MaxPayloadLength = 8192;

    /// <summary>The longest packet of stdin: conmon cuts a longer one.</summary>
    public const int MaxStdinLength = 32768;

    private const int HeaderLength = 1;

    /// <summary>Where the bytes come from.</summary>
    public ConmonPipe Pipe { get; } = pipe;

    /// <summary>The bytes: never none.</summary>
    public Memory<byte> Payload { get; } = payload;

    /// <summary>Parses a packet.</summary>
    /// <param name="packet">What one receive returned; the result's payload is a slice of it.</param>
    /// <exception cref="ConmonProtocolException">The packet has no output, too much of it, or an unknown pipe.</exception>
    public static ConmonPacket Parse(Memory<byte> packet)
    {
        if (packet.Length is <= HeaderLength or > MaxLength)
        {
            throw new ConmonProtocolException($"A packet from conmon has 2 to {MaxLength} bytes, not {packet.Length}.");
        }

        var pipe = (ConmonPipe)packet.Span[0];
        return pipe is ConmonPipe.Stdout or ConmonPipe.Stderr
            ? new(pipe, packet[HeaderLength..])
            : throw new ConmonProtocolException($"A packet from conmon is for the unknown pipe {(byte)pipe}.");
    }

    /// <summary>Writes a packet, as conmon does.</summary>
    /// <param name="destination">Room for one byte more than the payload.</param>
    /// <param name="pipe">Where the bytes come from.</param>
    /// <param name="payload">The bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no payload, or over 8192 bytes of it.</exception>
    public static int Write(Span<byte> destination, ConmonPipe pipe, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfZero(payload.Length, nameof(payload));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxPayloadLength, nameof(payload));
        destination[0] = (byte)pipe;
        payload.CopyTo(destination[HeaderLength..]);
        return HeaderLength + payload.Length;
    }
}
