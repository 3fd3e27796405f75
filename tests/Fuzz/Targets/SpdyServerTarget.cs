using System.Buffers;
using CriAttach.Fuzz.Oracles;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, then all that a client sends. The whole server side, with its streams, against a model of it.</summary>
public sealed class SpdyServerTarget : IFuzzTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public string Name => "spdy-server";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(SpdyConnection)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length > 0)
        {
            var wire = input[1..];
            Trace.Same(SpdyServerOracle.Read(wire), ServeAsync(wire, input[0]).GetAwaiter().GetResult());
        }
    }

    private static async Task<Trace> ServeAsync(byte[] wire, int cut)
    {
        using var transport = new FragmentStream(Fragments.Cut(wire, cut));
        var options = new SpdyOptions { MaxStreams = int.MaxValue, InputBuffer = 64 };
        await using var server = new SpdyConnection(transport, SpdyRole.Server, options, TimeProvider.System);
        server.Start();
        List<Task<string>> readers = [];
        await foreach (var stream in server.Incoming.ReadAllAsync())
        {
            readers.Add(ReadAsync(stream));
        }

        var streams = await Task.WhenAll(readers).WaitAsync(Patience, TimeProvider.System);
        var end = await server.Completion.WaitAsync(Patience, TimeProvider.System);
        await server.GoAwayAsync(SpdyGoAwayStatus.Ok);
        var trace = Answers(transport.ToArray());
        foreach (var stream in streams)
        {
            trace.Add(stream);
        }

        trace.Add($"{end.Cause}");
        return trace;
    }

    private static async Task<string> ReadAsync(SpdyStream stream)
    {
        var data = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await stream.Input.ReadAsync();
            foreach (var part in result.Buffer)
            {
                data.Write(part.Span);
            }

            stream.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return $"stream {stream.Id} {stream.End} {Convert.ToHexString(data.WrittenSpan)}";
            }
        }
    }

    private static Trace Answers(ReadOnlyMemory<byte> sent)
    {
        var trace = new Trace();
        var frames = new SpdyFrameReader(SpdyLimits.Default);
        while (frames.TryRead(ref sent, out var frame))
        {
            switch (frame.Type)
            {
                case SpdyFrameType.RstStream:
                    trace.Add($"RstStream {frame.StreamId} {(SpdyStatus)frame.Value}");
                    break;
                case SpdyFrameType.GoAway:
                    Trace.Holds(sent.IsEmpty, "nothing is sent behind GOAWAY");
                    break;
                default:
                    trace.Add($"{frame.Type} {(frame.Type == SpdyFrameType.Ping ? frame.Value : frame.StreamId)}");
                    break;
            }
        }

        Trace.Holds(sent.IsEmpty && !frames.InFrame, "whole frames are sent");
        return trace;
    }
}
