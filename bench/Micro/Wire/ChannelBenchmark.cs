using BenchmarkDotNet.Attributes;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Micro.Wire;

/// <summary>A server's side of one message: stdin off the wire, and stdout onto it.</summary>
public class ChannelBenchmark
{
    // Its top byte is zero, so that the channel's byte stays itself although each pass masks it anew, in place.
    private const uint MaskKey = 0x00FA213D;

    private readonly ChannelWriter _writer = new(StreamProtocol.V4);
    private readonly byte[] _prefix = new byte[ChannelWriter.MaxPrefixLength];
    private byte[] _message = [];

    [Params(1, 32 * 1024)]
    public int Payload { get; set; }

    [GlobalSetup]
    public void WriteMessage()
    {
        _message = new byte[_writer.MessageLength(Payload, masked: true)];
        _writer.WriteMessage(_message, StdioChannel.Stdin, new byte[Payload], MaskKey);
    }

    [Benchmark]
    public int ReadStdin()
    {
        WebSocketFrameReader frames = new(WebSocketRole.Server);
        ChannelReader channels = new(StreamProtocol.V4);
        Memory<byte> input = _message;
        return frames.TryRead(ref input, out WebSocketPiece frame) ? channels.Read(frame).Payload.Length : 0;
    }

    [Benchmark]
    public int WriteStdoutPrefix() => _writer.WritePrefix(_prefix, StdioChannel.Stdout, Payload);
}
