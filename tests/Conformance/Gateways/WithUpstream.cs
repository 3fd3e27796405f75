using CriAttach.Testing.Upstream;

namespace CriAttach.Conformance.Tests.Gateways;

/// <summary>A gateway in front of a container runtime, which the test plays.</summary>
public sealed class WithUpstream : GatewayFixture
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ca-rt-").FullName;

    internal ScriptedRuntime Runtime { get; private set; } = null!;

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings => [$"--CriAttach:Gateway:Upstream:Socket=unix://{Runtime.SocketPath}"];

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        Runtime = await ScriptedRuntime.StartAsync(Path.Combine(_directory, "runtime.sock"));
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Runtime.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
