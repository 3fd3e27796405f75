using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Kube;
using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>Two nodes with real containers, and two gateways that serve the Kubernetes API: one over plain HTTP, one over TLS.</summary>
public sealed class ClientCluster : IAsyncLifetime
{
    /// <summary>The collection of the tests that share it.</summary>
    public const string Name = "clients";

    /// <summary>How much random output clients are to take bit for bit.</summary>
    public const int RandomLength = 1024 * 1024;

    // A size takes effect while lines are typed; after so many it has been lost.
    private const int MostLines = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private CriAttachProcesses? _processes;

    public CriAttachProcesses Processes => _processes ?? throw new InvalidOperationException("The cluster was not started.");

    public KubeServer Plain => Processes.Gateways[0].Kube;

    public KubeServer Tls => Processes.Gateways[1].Kube;

    public async ValueTask InitializeAsync() =>
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = 2, Gateways = 2, Runtime = "conmon", Kube = true });

    public ValueTask DisposeAsync() => _processes?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A container that echoes, until its input ends.</summary>
    public Task<TestContainer> EchoAsync() =>
        Processes.ShellAsync("cat; exit 3", new CreateContainerBody { Node = "n1", Stdin = true, StdinOnce = true });

    /// <summary>A container that writes random bytes when it is told to, and ends.</summary>
    public async Task<TestContainer> RandomAsync()
    {
        var path = Path.Combine(await Processes.RootfsAsync(), "random");
        if (!File.Exists(path))
        {
            new RandomContent(RandomLength).WriteFile(path, RandomLength);
        }

        return await Processes.ShellAsync("read go; exec cat /random", new CreateContainerBody { Node = "n2", Stdin = true });
    }

    /// <summary>A container with a terminal that tells its size for each line, and ends at an "x".</summary>
    public Task<TestContainer> TerminalAsync() => Processes.ShellAsync(
        "stty -echo; echo ready; while read line; do [ \"$line\" = x ] && exit 3; echo size $(stty size); done",
        new CreateContainerBody { Node = "n2", Stdin = true, Tty = true });

    /// <summary>Checks what a client got of <see cref="RandomAsync"/>.</summary>
    public static void AssertRandom(byte[] received)
    {
        var content = new RandomContent(RandomLength);
        content.Check(received);
        Assert.Equal(RandomLength, content.Checked);
    }

    /// <summary>Types lines until the terminal has the size that is expected.</summary>
    public static async Task SizeAsync(ClientProcess client, string size)
    {
        await client.Output.ContainsAsync("ready", Patience);
        var typed = 0;
        while (!client.Output.ToString().Contains($"size {size}\r\n", StringComparison.Ordinal))
        {
            Assert.True(++typed < MostLines, client.Output.ToString());
            var before = client.Output.Length;
            await client.InputAsync("\n");
            await client.Output.LengthAsync(before + 1);
        }
    }
}
