using System.Reflection;
using CriAttach.Fuzz;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Wire.Tests.Fuzzing;

public sealed class FuzzTargetTests
{
    private const int Inputs = 3000;

    private static readonly string[] CodecVerbs = ["Read", "TryRead", "Write", "TryWrite", "Parse", "TryParse", "Validate"];

    public static TheoryData<string, int> Runs()
    {
        var runs = new TheoryData<string, int>();
        foreach (var target in FuzzTargets.All)
        {
            runs.Add(target.Name, 1);
            runs.Add(target.Name, 2);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void FixedSeed_FindsNoMismatch(string name, int seed)
    {
        var target = FuzzTargets.All.Single(target => target.Name == name);
        Assert.Equal(Inputs, FuzzLoop.Run(target, seed, count => count < Inputs));
    }

    [Fact]
    public void EveryTarget_HasSeeds() =>
        Assert.All(FuzzTargets.All, target => Assert.NotEmpty(FuzzCorpus.Load(target.Name)));

    [Theory]
    [InlineData("spdy-headers")]
    [InlineData("spdy-server")]
    [InlineData("spdy-client")]
    public void SpdyTarget_HasEveryKindOfHostileSeed(string target)
    {
        var names = typeof(FuzzCorpus).Assembly.GetManifestResourceNames();
        Assert.All(["bomb-count", "bomb-value", "bomb-zeros", "wrong-dictionary", "truncated", "random"], seed => Assert.Contains($"{target}/{seed}.bin", names));
    }

    [Fact]
    public void EveryCodec_HasATarget()
    {
        var codecs = typeof(WebSocketFrameReader).Assembly.GetExportedTypes().Where(IsCodec).ToHashSet();
        Assert.Contains(typeof(WebSocketFrameReader), codecs);
        codecs.ExceptWith(FuzzTargets.All.SelectMany(target => target.Covers));
        Assert.Empty(codecs);
    }

    // A codec is a type with a public method whose name begins with a verb of codecs.
    private static bool IsCodec(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Any(method => CodecVerbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)));
}
