using CriAttach.Fuzz.Oracles;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, then all that a hostile server sends to a client that attaches. The whole client side against a model of it.</summary>
public sealed class SpdyClientTarget : IFuzzTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Types = ["error", "stdin", "stdout", "stderr"];

    /// <inheritdoc />
    public string Name => "spdy-client";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(SpdyConnection)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length > 0)
        {
            var wire = input[1..];
            Trace.Same(SpdyClientOracle.Read(wire, Types.Length), AttachAsync(wire, input[0]).GetAwaiter().GetResult());
        }
    }

    private static async Task<Trace> AttachAsync(byte[] wire, int cut)
    {
        using var transport = new FragmentStream(Fragments.Cut(wire, cut));

        // Data may come before the reply, when nobody can read it yet; how that is bounded is a test of its own.
        var options = new SpdyOptions { InputBuffer = int.MaxValue };
        await using var client = new SpdyConnection(transport, SpdyRole.Client, options, TimeProvider.System);
        var opening = Types.Select(type => client.OpenAsync(new(new KeyValuePair<string, string>("streamType", type)))).ToArray();
        client.Start();
        var streams = await Task.WhenAll(opening.Select(FollowAsync)).WaitAsync(Patience, TimeProvider.System);
        var end = await client.Completion.WaitAsync(Patience, TimeProvider.System);
        await client.GoAwayAsync(SpdyGoAwayStatus.Ok);
        var trace = SpdyTraces.Answers(transport.ToArray());
        foreach (var stream in streams)
        {
            trace.Add(stream);
        }

        trace.Add($"{end.Cause}");
        return trace;
    }

    private static async Task<string> FollowAsync(Task<SpdyStream> opening)
    {
        try
        {
            return await SpdyTraces.ReadAsync(await opening);
        }
        catch (SpdyStreamClosedException refused)
        {
            return $"refused {refused.Status}";
        }
        catch (IOException)
        {
            return "never answered";
        }
    }
}
