using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace CriAttach.Architecture.Tests;

/// <summary>What folders may know of each other inside and across projects.</summary>
public sealed class LayerTests
{
    private static readonly ArchUnitNET.Domain.Architecture Product = new ArchLoader().LoadAssemblies(
        System.Reflection.Assembly.Load("CriAttach.Wire"),
        System.Reflection.Assembly.Load("CriAttach.Transports"),
        System.Reflection.Assembly.Load("CriAttach.Interfaces"),
        System.Reflection.Assembly.Load("CriAttach.Streams"),
        System.Reflection.Assembly.Load("CriAttach.Grains"),
        System.Reflection.Assembly.Load("CriAttach.Silo"),
        System.Reflection.Assembly.Load("CriAttach.Gateway"),
        System.Reflection.Assembly.Load("criattach")).Build();

    public static TheoryData<string, string> Strangers => new()
    {
        // The transports do not know each other, and what they have in common names neither.
        { "CriAttach.Gateway.Streaming.WebSocket", "CriAttach.Gateway.Streaming.Spdy" },
        { "CriAttach.Gateway.Streaming.Spdy", "CriAttach.Gateway.Streaming.WebSocket" },
        { "CriAttach.Gateway.Cri", "CriAttach.Gateway.Admin" },
        { "CriAttach.Gateway.Admin", "CriAttach.Gateway.Cri" },
        { "CriAttach.Gateway.Cri", "CriAttach.Gateway.Upstream" },
        { "CriAttach.Gateway.Upstream", "CriAttach.Gateway.Cri" },
        { "CriAttach.Gateway.Upstream", "CriAttach.Gateway.Admin" },
        { "CriAttach.Gateway.Upstream", "CriAttach.Gateway.Cluster" },
        { "CriAttach.Gateway.KubeApi", "CriAttach.Gateway.Cri" },
        { "CriAttach.Gateway.KubeApi", "CriAttach.Gateway.Admin" },
        { "CriAttach.Gateway.KubeApi", "CriAttach.Gateway.Streaming.WebSocket" },
        { "CriAttach.Gateway.KubeApi", "CriAttach.Gateway.Streaming.Spdy" },
        { "CriAttach.Gateway.Cri", "CriAttach.Gateway.KubeApi" },
        { "CriAttach.Gateway.Admin", "CriAttach.Gateway.KubeApi" },
        { "CriAttach.Gateway.Admin", "CriAttach.Gateway.Hosting" },
        { "CriAttach.Gateway.Admin", "CriAttach.Gateway.Upstream" },
        { "CriAttach.Gateway.Auth", "CriAttach.Gateway.Admin" },
        { "CriAttach.Gateway.Auth", "CriAttach.Gateway.Hosting" },
        { "CriAttach.Gateway.Streaming", "CriAttach.Gateway.KubeApi" },
        { "CriAttach.Silo.Runtimes.Conmon", "CriAttach.Silo.Runtimes.Process" },
        { "CriAttach.Silo.Runtimes.Process", "CriAttach.Silo.Runtimes.Conmon" },
        { "CriAttach.Silo.Runtimes.CriUpstream.Isulad", "CriAttach.Silo.Runtimes.CriUpstream.Spdy" },
        { "CriAttach.Silo.Runtimes.CriUpstream.Isulad", "CriAttach.Transports.Spdy" },
        { "CriAttach.Transports.Spdy", "CriAttach.Transports.WebSocket" },
        { "CriAttach.Transports.WebSocket", "CriAttach.Transports.Spdy" },
        { "CriAttach.Transports.WebSocket", "CriAttach.Transports.Dialing" },
        { "CriAttach.Silo.Runtimes.Process", "CriAttach.Silo.Runtimes.CriUpstream" },
        { "CriAttach.Silo.Runtimes.Conmon", "CriAttach.Silo.Runtimes.CriUpstream" },
        { "CriAttach.Silo.Runtimes.CriUpstream", "CriAttach.Silo.Runtimes.Conmon" },
        { "CriAttach.Silo.Runtimes.CriUpstream", "CriAttach.Silo.Runtimes.Process" },
        { "CriAttach.Wire.Channels", "CriAttach.Wire.Conmon" },
        { "CriAttach.Wire.Channels", "CriAttach.Wire.Spdy" },
        { "CriAttach.Wire.Spdy", "CriAttach.Wire.Channels" },
        { "CriAttach.Wire.Spdy", "CriAttach.Wire.WebSocket" },
        { "CriAttach.Wire.Conmon", "CriAttach.Wire.CriLog" },
        { "CriAttach.Wire.CriLog", "CriAttach.Wire.Channels" },
        { "CriAttach.Wire.Recordings", "CriAttach.Wire.Asciicast" },
        { "CriAttach.Wire.Asciicast", "CriAttach.Wire.Recordings" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Folder_DoesNotKnowTheOther(string folder, string other) =>
        Check(Types().That().ResideInNamespaceMatching(Inside(folder))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Inside(other)))
            .WithoutRequiringPositiveResults());

    [Fact]
    public void StreamingCore_NamesNoTransport() =>
        Check(Types().That().ResideInNamespaceMatching(@"^CriAttach\.Gateway\.Streaming(\.(Input|Output|Relay))?$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^CriAttach\.Gateway\.Streaming\.(WebSocket|Spdy)")));

    [Fact]
    public void Grains_TouchNoSocketProcessOrCodec() =>
        Check(Types().That().ResideInNamespaceMatching(Inside("CriAttach.Grains"))
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^(System\.Net\.Sockets|CriAttach\.Wire|CriAttach\.Protos|Microsoft\.AspNetCore)"));

    [Fact]
    public void Runtimes_AreKnownOnlyToHosting() =>
        Check(Types().That().ResideInNamespaceMatching(@"^CriAttach\.Silo\.(Agent|State|Telemetry|Recordings)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^CriAttach\.Silo\.Runtimes"));

    [Fact]
    public void GrainClasses_AreInternal() =>
        Check(Classes().That().AreAssignableTo(typeof(Orleans.Grain)).And().ResideInNamespaceMatching(Inside("CriAttach"))
            .Should().NotBePublic());

    private static string Inside(string folder) => $"^{folder.Replace(".", @"\.", StringComparison.Ordinal)}(\\.|$)";

    private static void Check(IArchRule rule)
    {
        var broken = rule.Evaluate(Product).Where(result => !result.Passed).Select(result => result.Description).ToArray();
        Assert.True(broken.Length == 0, string.Join(Environment.NewLine, broken));
    }
}
