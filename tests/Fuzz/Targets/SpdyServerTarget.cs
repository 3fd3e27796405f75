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
            readers.Add(SpdyTraces.ReadAsync(stream));
        }

        var streams = await Task.WhenAll(readers).WaitAsync(Patience, TimeProvider.System);
        var end = await server.Completion.WaitAsync(Patience, TimeProvider.System);
        await server.GoAwayAsync(SpdyGoAwayStatus.Ok);
        var trace = SpdyTraces.Answers(transport.ToArray());
        foreach (var stream in streams)
        {
            trace.Add(stream);
        }

        trace.Add($"{end.Cause}");
        return trace;
    }
}
