using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Stores;
using CriAttach.Testing.Upstream;
using Google.Protobuf;
using Grpc.Core;

namespace CriAttach.Failures.Tests;

/// <summary>A node does not lose its kubelet: the gateway starts and passes calls while there is neither silo nor store, and attaches when they have come.</summary>
public sealed class NoClusterTests : IDisposable
{
    private const string Runtime = "the runtime itself";

    private readonly string _directory = Directory.CreateTempSubdirectory("ca-nc-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task NoSiloAtStart_CallsPassAndAttachWorksOnceOneIsThere() =>
        await CheckAsync(ClusterStorage.Development, () => Task.FromResult<IAsyncDisposable?>(null));

    [Fact]
    public async Task RedisIsDownAtStart_CallsPassAndAttachWorksOnceItIsThere()
    {
        var port = LoopbackPorts.Next();
        await CheckAsync(ClusterStorage.Redis(RedisServer.ConnectionTo(port)), async () => await RedisServer.StartAsync(port));
    }

    [Fact]
    public async Task PostgreSqlIsDownAtStart_CallsPassAndAttachWorksOnceItIsThere()
    {
        var port = LoopbackPorts.Next();
        await CheckAsync(ClusterStorage.PostgreSql(PostgreSqlServer.ConnectionTo(port)), async () => await PostgreSqlServer.StartAsync(port));
    }

    [Theory]
    [InlineData("Redis", "what is this=")]
    [InlineData("PostgreSql", "what is this=")]
    public async Task StoreCannotEvenBeNamed_CallsPassAndAttachSaysWhy(string provider, string connection)
    {
        await using var runtime = await RuntimeAsync();
        await using var processes = await StartAsync(new ClusterStorage { Provider = provider, ConnectionString = connection }, runtime);
        await PassesAsync(processes.Gateways[0]);
        await RefusedAsync(processes.Gateways[0]);
    }

    private async Task CheckAsync(ClusterStorage storage, Func<Task<IAsyncDisposable?>> startStore)
    {
        await using var runtime = await RuntimeAsync();
        await using var processes = await StartAsync(storage, runtime);
        var gateway = processes.Gateways[0];
        await PassesAsync(gateway);
        await RefusedAsync(gateway);
        await using var store = await startStore();
        await processes.RestartAsync(processes.Silos[0]);
        await using (var container = await processes.RunAsync(["cat"]))
        {
            await using var client = await container.AttachAsync();
            await client.InputAsync("hello\n");
            await client.Stdout.ContainsAsync("hello\n");
        }

        await processes.Silos[0].KillAsync();
        await PassesAsync(gateway);
        await RefusedAsync(gateway);
        await processes.RestartAsync(processes.Silos[0]);
        await PassesAsync(gateway);
        await using var again = await processes.RunAsync(["cat"]);
        await using var back = await again.AttachAsync();
        await back.InputAsync("again\n");
        await back.Stdout.ContainsAsync("again\n");
    }

    private async Task<ScriptedRuntime> RuntimeAsync()
    {
        var runtime = await ScriptedRuntime.StartAsync(Path.Combine(_directory, "runtime.sock"));
        runtime.OnUnary("/runtime.v1.RuntimeService/Version", _ => new VersionResponse { RuntimeName = Runtime }.ToByteArray());
        return runtime;
    }

    private static Task<CriAttachProcesses> StartAsync(ClusterStorage storage, ScriptedRuntime runtime) => CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
    {
        Storage = storage,
        SilosLater = true,
        GatewaySettings = new Dictionary<string, string> { ["CriAttach:Gateway:Upstream:Socket"] = runtime.SocketPath },
    });

    private static async Task PassesAsync(GatewayProcess gateway) =>
        Assert.Equal(Runtime, (await gateway.Runtime.VersionAsync(new VersionRequest())).RuntimeName);

    /// <summary>Well within the two seconds that crictl gives a call.</summary>
    private static async Task RefusedAsync(GatewayProcess gateway)
    {
        // The first call of a fresh process is compiled on the way; it has all the time.
        AttachRequest request = new() { ContainerId = new string('a', 64), Stdout = true };
        await Assert.ThrowsAsync<RpcException>(async () => await gateway.Runtime.AttachAsync(request));
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(2);
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Runtime.AttachAsync(request, deadline: deadline));
        Assert.True(fault.StatusCode == StatusCode.Unavailable, fault.ToString());
        Assert.NotEmpty(fault.Status.Detail);
    }
}
