using System.Text;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Runtimes.Tests.Conmon;

public sealed class ConmonContainerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConmonNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData("echo out; exit 0", 0, "Completed")]
    [InlineData("echo out; exit 3", 3, "Error")]
    [InlineData("echo out; kill -9 $$; kill -TERM $$; exit 4", 4, "Error")]
    public async Task Exits_CodeIsTold(string script, int code, string reason)
    {
        var container = await _node.StartAsync(script);
        Assert.Equal("out\n", await AllTextAsync(container));
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((ContainerState.Exited, code, reason), (container.Info.State, container.Info.ExitCode, container.Info.Reason));
        Assert.NotNull(container.Info.StartedAt);
        Assert.NotNull(container.Info.FinishedAt);
    }

    [Fact]
    public async Task KilledBySignal_CodeIs128AndSignal()
    {
        var container = await _node.StartAsync("trap 'kill -KILL $$' TERM; echo ready; while :; do sleep 0.05; done");
        using var output = new OutputReader(container.Stdio.Output);
        await output.UntilTextAsync("ready");
        await container.StopAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal(137, container.Info.ExitCode);
    }

    [Fact]
    public async Task Echo_InputComesBack()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/cat"], Stdin = true });
        var input = new InputWriter(container.Stdio.Input);
        using var output = new OutputReader(container.Stdio.Output);
        await input.WriteAsync("hello\n");
        await output.UntilTextAsync("hello\n");
        await input.EndAsync();
        await new InputWriter(container.Stdio.Input).WriteAsync("again\n");
        await output.UntilTextAsync("again\n");
        Assert.Equal(ContainerState.Running, container.Info.State);
    }

    [Fact]
    public async Task LargeInput_ComesBackWhole()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/cat"], Stdin = true, StdinOnce = true });
        var data = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(data);
        var input = new InputWriter(container.Stdio.Input);
        using var output = new OutputReader(container.Stdio.Output);
        var writing = input.WriteAsync(data, end: true);
        await output.ToEndAsync();
        await writing;
        Assert.Equal(data, output.Of(StdioStream.Stdout));
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, container.Info.ExitCode);
    }

    [Fact]
    public async Task StdinOnce_FirstEndClosesInputAndOutputGoesOn()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "cat; echo closed; exit 7"], Stdin = true, StdinOnce = true });
        var input = new InputWriter(container.Stdio.Input);
        await input.WriteAsync("in\n");
        await input.EndAsync();
        Assert.Equal("in\nclosed\n", await AllTextAsync(container));
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(7, container.Info.ExitCode);
    }

    [Fact]
    public async Task NoStdin_ReadsEndAtOnce()
    {
        var container = await _node.StartAsync("cat; echo end");
        Assert.Null(container.Stdio.Input);
        Assert.Equal("end\n", await AllTextAsync(container));
    }

    [Fact]
    public async Task Terminal_EchoesAndResizes()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "while read x; do stty size; done"], Tty = true, Stdin = true });
        using var output = new OutputReader(container.Stdio.Output);
        var input = new InputWriter(container.Stdio.Input);
        await container.ResizeAsync(new TerminalSize { Width = 132, Height = 43 }, TestContext.Current.CancellationToken);
        do
        {
            // The order to resize and the input take different ways into conmon.
            await input.WriteAsync("x\n");
            await output.UntilTextAsync("\r\n");
        }
        while (!await output.UntilAsync(() => output.Text.Contains("43 132\r\n", StringComparison.Ordinal) || output.Text.EndsWith("0 0\r\n", StringComparison.Ordinal))
            || !output.Text.Contains("43 132\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain(output.Runs, run => run.Stream == StdioStream.Stderr);
    }

    [Fact]
    public async Task BothStreams_KeepTheirOrder()
    {
        // With a pause between two writes conmon has one chunk of each; the order of its packets is that of its log.
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "while read x; do echo o$x; read y; echo e$y >&2; done"], Stdin = true });
        using var output = new OutputReader(container.Stdio.Output);
        var input = new InputWriter(container.Stdio.Input);
        for (var i = 0; i < 50; i++)
        {
            await input.WriteAsync($"{i}\n");
            await output.UntilTextAsync($"o{i}\n");
            await input.WriteAsync($"{i}\n");
            await output.UntilTextAsync($"e{i}\n");
        }

        Assert.Equal(100, output.Runs.Count);
        await container.StopAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        using var archived = await ArchivedAsync(container);
        Assert.Equal(output.Runs.Select(run => (run.Stream, Encoding.UTF8.GetString(run.Bytes.ToArray()))), archived.Runs.Select(run => (run.Stream, Encoding.UTF8.GetString(run.Bytes.ToArray()))));
    }

    [Fact]
    public async Task FloodOnBothStreams_LogHasThemInTheOrderOfTheSocket()
    {
        var container = await _node.CreateAsync("yes out | head -c 3000000 & yes error | head -c 3000000 >&2; wait");
        using var output = new OutputReader(container.Stdio.Output);
        await container.StartAsync(TestContext.Current.CancellationToken);
        await output.ToEndAsync();
        using var archived = await ArchivedAsync(container);
        Assert.Equal(6_000_000, output.Count);
        Assert.Equal(output.Runs.Select(run => (run.Stream, run.Bytes.Length)), archived.Runs.Select(run => (run.Stream, run.Bytes.Length)));
        Assert.Equal(output.Of(StdioStream.Stdout), archived.Of(StdioStream.Stdout));
        Assert.Equal(output.Of(StdioStream.Stderr), archived.Of(StdioStream.Stderr));
    }

    [Fact]
    public async Task FullPacket_IsTakenWhole()
    {
        var container = await _node.StartAsync("head -c 8192 /dev/zero | tr '\\0' x; sleep 0.1; head -c 8193 /dev/zero | tr '\\0' y");
        var text = await AllTextAsync(container);
        Assert.Equal(new string('x', 8192) + new string('y', 8193), text);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(8 * 1024 * 1024)]
    public async Task WritesAndExits_EveryByteIsDelivered(int count)
    {
        for (var run = 0; run < 5; run++)
        {
            var container = await _node.CreateAsync($"head -c {count} /dev/zero");
            using var output = new OutputReader(container.Stdio.Output);
            await container.StartAsync(TestContext.Current.CancellationToken);
            await output.ToEndAsync();
            Assert.Equal(count, output.Count);
            Assert.All(output.Of(StdioStream.Stdout), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public async Task StalledReader_DoesNotHoldUpStop()
    {
        var container = await _node.StartAsync("trap 'exit 5' TERM; while :; do head -c 1000000 /dev/zero; done");
        using var stalled = new OutputReader(container.Stdio.Output, mayHold: true);
        while (!container.Stdio.Output.IsHeld)
        {
            await Task.Yield();
        }

        await container.StopAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.Equal(5, container.Info.ExitCode);
    }

    [Fact]
    public async Task IgnoresTerm_KilledAfterGrace()
    {
        var container = await _node.StartAsync("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        using var output = new OutputReader(container.Stdio.Output);
        await output.UntilTextAsync("ready");
        await container.StopAsync(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        Assert.Equal(137, container.Info.ExitCode);
    }

    [Fact]
    public async Task UnknownProgram_CreateFailsWithTheReasonAndLeavesNothing()
    {
        var fault = await Assert.ThrowsAsync<RuntimeFailureException>(() => _node.CreateAsync(new ContainerSpec { Args = ["/bin/nothing"] }));
        Assert.Contains("/bin/nothing", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await _node.StartSiloAsync());
    }

    [Fact]
    public async Task StartedTwice_Refused()
    {
        var container = await _node.StartAsync("sleep 100");
        await Assert.ThrowsAsync<ContainerStateException>(() => container.StartAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ContainerStateException>(() => container.RemoveAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task NeverStarted_CanBeRemoved()
    {
        var container = await _node.CreateAsync("echo no");
        var folder = _node.BundlePath(container);
        await container.RemoveAsync(TestContext.Current.CancellationToken);
        _node.Forget(container);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task ConmonKilled_ReasonSaysSoAndPid1Ends()
    {
        var container = await _node.StartAsync("echo ready; sleep 1000");
        using var output = new OutputReader(container.Stdio.Output);
        await output.UntilTextAsync("ready");
        var pid = container.Info.Pid;
        System.Diagnostics.Process.GetProcessById(_node.ConmonPid(container)).Kill();
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(("ConmonDied", 255), (container.Info.Reason, container.Info.ExitCode));
        await output.ToEndAsync();
        Assert.False(Silo.Native.ProcessIdentity.Of(pid)?.IsAlive() ?? false);
    }

    [Fact]
    public async Task Conmon_HasNothingOfTheSilos()
    {
        var container = await _node.StartAsync("sleep 1000");
        var conmon = _node.ConmonPid(container);
        var silo = new HashSet<string>(Targets("self"));
        Assert.DoesNotContain(Targets(conmon.ToString(null, null)), target => target != "/dev/null" && silo.Contains(target));
        var stat = File.ReadAllText($"/proc/{conmon}/stat").Split(") ")[1].Split(' ');
        Assert.Equal(conmon.ToString(null, null), stat[3]);
        Assert.Contains("conmon-", File.ReadAllText($"/proc/{conmon}/cgroup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_IsRunWithTheSpecOverIt()
    {
        var bundle = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_node.RootfsPath)!, "bundle")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(bundle, "config.json"),
            """{"ociVersion":"1.0.2","process":{"terminal":true,"user":{"uid":0,"gid":0},"args":["/bin/echo","own"],"env":["PATH=/bin","A=1"],"cwd":"/"},"root":{"path":"../rootfs"},"mounts":[{"destination":"/proc","type":"proc","source":"proc"}],"linux":{"namespaces":[{"type":"pid"},{"type":"mount"}]}}""",
            TestContext.Current.CancellationToken);
        var own = await _node.StartAsync(new ContainerSpec { Bundle = bundle });
        Assert.Equal("own\n", await AllTextAsync(own));
        var other = await _node.StartAsync(new ContainerSpec { Bundle = bundle, Args = ["/bin/sh", "-c", "echo $A $B $PWD"], Env = ["B=2"], WorkingDirectory = "/tmp" });
        Assert.Equal("1 2 /tmp\n", await AllTextAsync(other));
    }

    private static IEnumerable<string> Targets(string pid) =>
        Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Select(path => new FileInfo(path).LinkTarget ?? "");

    private static async Task<string> AllTextAsync(IRuntimeContainer container)
    {
        using var output = new OutputReader(container.Stdio.Output);
        await output.ToEndAsync();
        return output.Text;
    }

    /// <summary>Reads everything from the log files.</summary>
    private static async Task<OutputReader> ArchivedAsync(IRuntimeContainer container)
    {
        var copy = new Streams.Log.StdioLog(new Streams.Log.StdioLogOptions(), 1, container.Stdio.Output.Head, container.Stdio.Output.Archive);
        copy.Complete();
        var reader = new OutputReader(copy, 0);
        await reader.ToEndAsync();
        return reader;
    }
}
