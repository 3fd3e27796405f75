using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Oracles;

/// <summary>What a client that has opened streams makes of a server's bytes.</summary>
public sealed class SpdyClientOracle : SpdyEndOracle
{
    // The first word that the server said of a stream, which decides what became of opening it.
    private readonly Dictionary<uint, string> _answers = [];

    /// <inheritdoc />
    protected override uint PingParity => 0;

    /// <summary>Reads the wire.</summary>
    /// <param name="wire">All that the server sends before it closes.</param>
    /// <param name="opened">How many streams the client has opened before.</param>
    /// <returns>What the client sends, then its streams, then the end.</returns>
    public static Trace Read(byte[] wire, int opened)
    {
        var oracle = new SpdyClientOracle();
        for (uint id = 1; id < 2 * opened; id += 2)
        {
            oracle.Streams.Add(id, ([], SpdyStreamEnd.None));
            oracle.Trace.Add($"SynStream {id}");
        }

        return oracle.Run(wire);
    }

    /// <inheritdoc />
    protected override void Open(SpdyPiece frame) => Trace.Add($"RstStream {frame.StreamId} RefusedStream");

    /// <inheritdoc />
    protected override void Reply(uint id) => _answers.TryAdd(id, "accepted");

    /// <inheritdoc />
    protected override void Reset(SpdyPiece frame) => _answers.TryAdd(frame.StreamId, $"refused {(SpdyStatus)frame.Value}");

    /// <inheritdoc />
    protected override void TellStream(uint id, byte[] data, SpdyStreamEnd end)
    {
        var answer = _answers.GetValueOrDefault(id, "never answered");
        if (answer == "accepted")
        {
            base.TellStream(id, data, end);
        }
        else
        {
            Trace.Add(answer);
        }
    }
}
