using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Containerd;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Upstream;
using Google.Protobuf;
using Grpc.Core;

namespace CriAttach.EndToEnd.Tests;

/// <summary>
/// Debian's containerd through CriAttach's socket: the bytes that leave containerd are read off its connection and compared with those that reach the client; what
/// does not hang on the moment is asked of containerd directly as well.
/// </summary>
public sealed class PassThroughTests(ContainerdGateway gateway, ITestOutputHelper log) : IClassFixture<ContainerdGateway>, IDisposable
{
    private const string Runtime = "/runtime.v1.RuntimeService/";
    private const string Images = "/runtime.v1.ImageService/";
    private const string Nobody = "0123456789abcdef";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RawGrpcClient _through = new(gateway.Gateway.CriSocket);
    private readonly RawGrpcClient _directly = new(gateway.Containerd.SocketPath);
    private int _calls;

    public void Dispose()
    {
        _through.Dispose();
        _directly.Dispose();
    }

    [Fact]
    public async Task AtLeast25Calls_BytesAreThoseOfContainerd()
    {
        await SameAsync(Runtime + "Version", new VersionRequest());
        await SameAsync("/runtime.v1alpha2.RuntimeService/Version", new VersionRequest());
        await SameAsync(Runtime + "Status", new StatusRequest());
        await SameAsync(Runtime + "Status", new StatusRequest { Verbose = true });
        await SameAsync(Runtime + "RuntimeConfig", new RuntimeConfigRequest(), StatusCode.Unimplemented);
        await SameAsync(Runtime + "GetContainerEvents", new GetEventsRequest(), StatusCode.Unimplemented);
        await SameAsync(Runtime + "MethodOfTheFuture", new VersionRequest(), StatusCode.Unimplemented);
        await SameAsync("/some.other.Service/Method", new VersionRequest(), StatusCode.Unimplemented);

        // UpdateRuntimeConfig{runtime_config{network_config{pod_cidr}}}, and a request that is no message at all.
        await SameAsync(Runtime + "UpdateRuntimeConfig", [10, 15, 10, 13, 10, 11, .. "10.0.0.0/16"u8]);
        await SameAsync(Runtime + "Version", [255, 255, 255], StatusCode.Internal);
        await SameAsync(Images + "ListImages", []);
        await SameAsync(Images + "ImageStatus", new ImageStatusRequest { Image = new ImageSpec { Image = BusyboxImage.Name }, Verbose = true });
        await SameAsync(Images + "ImageStatus", new ImageStatusRequest { Image = new ImageSpec { Image = "localhost/none:1" } });
        await OnceAsync(Images + "ImageFsInfo", new ImageFsInfoRequest().ToByteArray());
        await SameAsync(Images + "RemoveImage", new ImageStatusRequest { Image = new ImageSpec { Image = "localhost/none:1" } });
        await OnceAsync(Images + "PullImage", new ImageStatusRequest { Image = new ImageSpec { Image = "127.0.0.1:1/none:1" } }.ToByteArray(), StatusCode.Unknown);
        await PodAsync();
        await SameAsync(Runtime + "ListPodSandbox", new ListPodSandboxRequest());
        await SameAsync(Runtime + "ListContainers", new ListContainersRequest());
        log.WriteLine($"{_calls} calls");
        Assert.True(_calls >= 25);
    }

    [Fact]
    public async Task Attach_IsNotTheRuntimesAndSaysWhyItCannotBe()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Gateway.Runtime.AttachAsync(
            new AttachRequest { ContainerId = Nobody, Stdout = true }));
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Contains("no silo of the cluster has been reached yet", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrOfDebian_StreamsInBothDirectionsThroughTheGateway()
    {
        var directory = Directory.CreateTempSubdirectory("ca-ctr-").FullName;
        var events = BackgroundProcess.Start("/usr/bin/ctr", ["-a", gateway.Gateway.CriSocket, "events"], Path.Combine(directory, "events"));
        await using (events)
        {
            var archive = Path.Combine(directory, "image.tar");
            await CtrAsync("images", "export", archive, BusyboxImage.Name);
            await Until.TrueAsync(
                async token =>
                {
                    await CtrAsync("images", "import", archive);
                    return (await File.ReadAllTextAsync(events.LogPath, token)).Contains("/images/update", StringComparison.Ordinal);
                },
                Patience,
                "the event of the import arrives");
        }

        Directory.Delete(directory, recursive: true);

        async Task CtrAsync(params string[] arguments)
        {
            await using var ctr = BackgroundProcess.Start(
                "/usr/bin/ctr", ["-a", gateway.Gateway.CriSocket, "-n", "k8s.io", .. arguments], Path.Combine(directory, "ctr"));
            await ctr.ExitedAsync(Patience);
            Assert.DoesNotContain("ctr:", await File.ReadAllTextAsync(ctr.LogPath), StringComparison.Ordinal);
        }
    }

    private async Task PodAsync()
    {
        PodSandboxConfig pod = new()
        {
            Metadata = new PodSandboxMetadata { Name = "through", Namespace = "default", Uid = "u1" },
            LogDirectory = gateway.LogDirectory,
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = "/criattach-test",
                SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = Host() },
            },
        };
        var sandbox = RunPodSandboxResponse.Parser.ParseFrom(await OnceAsync(Runtime + "RunPodSandbox", new RunPodSandboxRequest { Config = pod }.ToByteArray())).PodSandboxId;
        await SameAsync(Runtime + "ListPodSandbox", new ListPodSandboxRequest());
        await SameAsync(Runtime + "PodSandboxStatus", new PodSandboxStatusRequest { PodSandboxId = sandbox });
        await SameAsync(Runtime + "PodSandboxStatus", new PodSandboxStatusRequest { PodSandboxId = Nobody }, StatusCode.NotFound);
        ContainerConfig config = new()
        {
            Metadata = new ContainerMetadata { Name = "c" },
            Image = new ImageSpec { Image = BusyboxImage.Name },
            Command = { "sleep", "1000" },
            LogPath = "c.log",
            Linux = new LinuxContainerConfig { SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = Host() } },
        };
        CreateContainerRequest create = new() { PodSandboxId = sandbox, Config = config, SandboxConfig = pod };
        var container = CreateContainerResponse.Parser.ParseFrom(await OnceAsync(Runtime + "CreateContainer", create.ToByteArray())).ContainerId;
        await OnceAsync(Runtime + "CreateContainer", create.ToByteArray(), StatusCode.Unknown);
        await OnceAsync(Runtime + "StartContainer", new StartContainerRequest { ContainerId = container }.ToByteArray());
        await SameAsync(Runtime + "StartContainer", new StartContainerRequest { ContainerId = container }, StatusCode.Unknown);
        await SameAsync(Runtime + "ListContainers", new ListContainersRequest { Filter = new ContainerFilter { PodSandboxId = sandbox } });
        await OnceAsync(Runtime + "ContainerStatus", new ContainerStatusRequest { ContainerId = container, Verbose = true }.ToByteArray());
        await SameAsync(Runtime + "ContainerStatus", new ContainerStatusRequest { ContainerId = Nobody }, StatusCode.NotFound);
        await SameAsync(Runtime + "ExecSync", new ExecSyncRequest { ContainerId = container, Cmd = { "sh", "-c", "echo out; echo err >&2; exit 3" } });
        await OnceAsync(Runtime + "ExecSync", new ExecSyncRequest { ContainerId = container, Cmd = { "head", "-c", "8000000", "/dev/zero" } }.ToByteArray());
        await SameAsync(Runtime + "ExecSync", new ExecSyncRequest { ContainerId = Nobody, Cmd = { "true" } }, StatusCode.NotFound);

        // The id is field 1 of ContainerStatsRequest and of its like for pods.
        await OnceAsync(Runtime + "ContainerStats", new ContainerStatusRequest { ContainerId = container }.ToByteArray());
        await OnceAsync(Runtime + "ListContainerStats", []);
        await OnceAsync(Runtime + "PodSandboxStats", new PodSandboxStatusRequest { PodSandboxId = sandbox }.ToByteArray());
        await OnceAsync(Runtime + "ListPodSandboxStats", []);
        await OnceAsync(Runtime + "UpdateContainerResources", [.. new ContainerStatusRequest { ContainerId = container }.ToByteArray(), 18, 3, 24, 128, 1]);
        await SameAsync(Runtime + "ReopenContainerLog", new ReopenContainerLogRequest { ContainerId = container });
        await UrlAsync(Runtime + "Exec", new ExecRequest { ContainerId = container, Cmd = { "sh" }, Stdin = true, Stdout = true });
        await SameAsync(Runtime + "Exec", new ExecRequest { ContainerId = Nobody, Cmd = { "sh" }, Stdout = true }, StatusCode.NotFound);
        await UrlAsync(Runtime + "PortForward", new PortForwardRequest { PodSandboxId = sandbox, Port = { 80 } });
        await SameAsync(Runtime + "PortForward", new PortForwardRequest { PodSandboxId = Nobody }, StatusCode.NotFound);
        await OnceAsync(Runtime + "StopContainer", new StopContainerRequest { ContainerId = container }.ToByteArray());
        await SameAsync(Runtime + "ContainerStatus", new ContainerStatusRequest { ContainerId = container });
        await OnceAsync(Runtime + "RemoveContainer", new RemoveContainerRequest { ContainerId = container }.ToByteArray());
        await OnceAsync(Runtime + "StopPodSandbox", new StopPodSandboxRequest { PodSandboxId = sandbox }.ToByteArray());
        await OnceAsync(Runtime + "RemovePodSandbox", new RemovePodSandboxRequest { PodSandboxId = sandbox }.ToByteArray());
    }

    private static NamespaceOption Host() => new() { Network = NamespaceMode.Node, Pid = NamespaceMode.Container, Ipc = NamespaceMode.Pod };

    private Task SameAsync(string path, IMessage message, StatusCode expected = StatusCode.OK) => SameAsync(path, message.ToByteArray(), expected);

    /// <summary>A call whose answer is the same each time: containerd is asked directly as well.</summary>
    private async Task SameAsync(string path, byte[] message, StatusCode expected = StatusCode.OK)
    {
        var (_, answer) = await CallAsync(path, message, expected);
        var direct = await _directly.CallAsync(path, message).WaitAsync(Patience);
        Assert.Equal((direct.Code, direct.Message), (answer.Code, answer.Message));
        Assert.Equal(direct.Headers, answer.Headers);
        Assert.Equal(direct.Trailers, answer.Trailers);
        Assert.Equal(direct.Body.Length, answer.Body.Length);
    }

    /// <summary>A call that changes something, or whose answer changes.</summary>
    /// <returns>The message of the answer.</returns>
    private async Task<byte[]> OnceAsync(string path, byte[] message, StatusCode expected = StatusCode.OK)
    {
        var (_, answer) = await CallAsync(path, message, expected);
        using MemoryStream body = new(answer.Body);
        return await GrpcBytes.ReadAsync(body) ?? [];
    }

    /// <summary>A call whose answer is a URL: nothing else in it may change.</summary>
    private async Task UrlAsync(string path, IMessage message)
    {
        var (call, answer) = await CallAsync(path, message.ToByteArray(), StatusCode.OK, urlChanges: true);
        using MemoryStream ours = new(answer.Body);
        using MemoryStream theirs = new(call.Response);

        // Both answers have the URL as their field 1.
        var (changed, original) = (ExecResponse.Parser.ParseFrom(await GrpcBytes.ReadAsync(ours)), ExecResponse.Parser.ParseFrom(await GrpcBytes.ReadAsync(theirs)));
        Assert.NotEqual(original.Url, changed.Url);
        Assert.StartsWith($"http://{gateway.Gateway.StreamAuthority}/", changed.Url, StringComparison.Ordinal);
        changed.Url = original.Url;
        Assert.Equal(original, changed);
    }

    private async Task<(TappedCall Call, RawAnswer Answer)> CallAsync(string path, byte[] message, StatusCode expected, bool urlChanges = false)
    {
        _calls++;
        gateway.Tap.Take();
        var answer = await _through.CallAsync(path, message).WaitAsync(Patience);
        var call = Assert.Single(gateway.Tap.Take());
        log.WriteLine($"{path}: {answer.Code} {answer.Message} {answer.Body.Length} bytes");
        Assert.Equal(expected, answer.Code);

        // Who does not know a method may answer before it has been told what it is asked.
        Assert.Equal(expected == StatusCode.Unimplemented && call.Request.Length == 0 ? [] : GrpcBytes.Framed(message), call.Request);
        if (!urlChanges)
        {
            Assert.True(call.Response.AsSpan().SequenceEqual(answer.Body), $"{path}: containerd's bytes and the client's differ.");
        }

        return (call, answer);
    }
}
