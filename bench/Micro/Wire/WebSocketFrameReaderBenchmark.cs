using BenchmarkDotNet.Attributes;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Micro.Wire;

/// <summary>Frames out of a receive buffer, per frame. A server's come masked, as a client's 32 KiB of stdin do.</summary>
public class WebSocketFrameReaderBenchmark
{
    private const int Frames = 64;
    private const uint MaskKey = 0x37FA213D;

    private byte[] _input = [];

    [Params(1, 128, 32 * 1024)]
    public int Payload { get; set; }

    [Params(WebSocketRole.Server, WebSocketRole.Client)]
    public WebSocketRole Reader { get; set; }

    [GlobalSetup]
    public void WriteFrames()
    {
        uint? key = Reader == WebSocketRole.Server ? MaskKey : null;
        int length = WebSocketFrameWriter.HeaderLength(Payload, masked: key is not null) + Payload;
        _input = new byte[Frames * length];
        for (int i = 0; i < Frames; i++)
        {
            WebSocketFrameWriter.WriteHeader(_input.AsSpan(i * length), WebSocketOpcode.Binary, Payload, maskKey: key);
        }
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Read()
    {
        WebSocketFrameReader reader = new(Reader);
        Memory<byte> input = _input;
        int bytes = 0;
        while (reader.TryRead(ref input, out WebSocketPiece piece))
        {
            bytes += piece.Payload.Length;
        }

        return bytes;
    }
}
