using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Runtimes.Tests.ChildProcess;

public sealed class ProcessContainerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ProcessNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData("echo out; echo error >&2", 0)]
    [InlineData("echo out; echo error >&2; exit 3", 3)]
    [InlineData("echo out; echo error >&2; kill -9 $$", 137)]
    public async Task Exits_CodeAndBothStreamsAreTold(string script, int code)
    {
        var container = await _node.StartAsync(script);
        using var output = new OutputReader(container.Stdio.Output);
        await output.ToEndAsync();
        Assert.Equal("out\n"u8.ToArray(), output.Of(StdioStream.Stdout));
        Assert.Equal("error\n"u8.ToArray(), output.Of(StdioStream.Stderr));
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((ContainerState.Exited, code), (container.Info.State, container.Info.ExitCode));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Echo_InputComesBack(bool tty)
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["cat"], Stdin = true, Tty = tty });
        using var output = new OutputReader(container.Stdio.Output);
        await new InputWriter(container.Stdio.Input).WriteAsync("hello\n");
        await output.UntilTextAsync(tty ? "hello\r\nhello\r\n" : "hello\n");
    }

    [Fact]
    public async Task Terminal_IsControllingAndResizes()
    {
        var container = await _node.CreateAsync(new ContainerSpec { Args = ["sh", "-c", "trap 'stty size' WINCH; tty; echo ready; while :; do read x; done"], Stdin = true, Tty = true });
        await container.StartAsync(TestContext.Current.CancellationToken);
        using var output = new OutputReader(container.Stdio.Output);
        await output.UntilTextAsync("ready");
        Assert.Contains("/dev/pts/", output.Text, StringComparison.Ordinal);
        await container.ResizeAsync(new TerminalSize { Width = 132, Height = 43 }, TestContext.Current.CancellationToken);
        await new InputWriter(container.Stdio.Input).WriteAsync("\n");
        await output.UntilTextAsync("43 132");

        // Only a controlling terminal turns this into a signal.
        await new InputWriter(container.Stdio.Input).WriteAsync("\u0003");
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(130, container.Info.ExitCode);
    }

    [Fact]
    public async Task StdinOnce_FirstEndClosesInput()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["sh", "-c", "cat; echo closed"], Stdin = true, StdinOnce = true });
        var input = new InputWriter(container.Stdio.Input);
        using var output = new OutputReader(container.Stdio.Output);
        await input.WriteAsync("in\n");
        await input.EndAsync();
        await output.ToEndAsync();
        Assert.Equal("in\nclosed\n", output.Text);
    }

    [Fact]
    public async Task WritesAndExits_EveryByteIsDelivered()
    {
        var container = await _node.CreateAsync(new ContainerSpec { Args = ["sh", "-c", "head -c 8388608 /dev/zero"] });
        using var output = new OutputReader(container.Stdio.Output);
        await container.StartAsync(TestContext.Current.CancellationToken);
        await output.ToEndAsync();
        Assert.Equal(8 * 1024 * 1024, output.Count);
    }

    [Fact]
    public async Task StalledReader_DoesNotHoldUpStop()
    {
        var container = await _node.StartAsync("while :; do head -c 1000000 /dev/zero; done");
        using var stalled = new OutputReader(container.Stdio.Output);
        while (!container.Stdio.Output.IsHeld)
        {
            await Task.Yield();
        }

        await container.StopAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.Equal(143, container.Info.ExitCode);
    }

    [Fact]
    public async Task PipeClosed_WriterIsEndedBySigpipe()
    {
        // A process that inherits our ignored SIGPIPE would write on into nowhere.
        var container = await _node.StartAsync("yes | head -n 1; echo ${PIPESTATUS:-done}");
        using var output = new OutputReader(container.Stdio.Output);
        await output.ToEndAsync();
        Assert.Equal("y\ndone\n", output.Text);
        Assert.Empty(output.Of(StdioStream.Stderr));
    }

    [Fact]
    public async Task SiloRestarted_ContainerHasEndedAndItsOutputIsThere()
    {
        var container = await _node.StartAsync("echo out; sleep 1000");
        using (var output = new OutputReader(container.Stdio.Output))
        {
            await output.UntilTextAsync("out");
        }

        var again = Assert.Single(await _node.RestartAsync());
        Assert.Equal(ContainerState.Exited, again.Info.State);
        using var kept = new OutputReader(again.Stdio.Output);
        await kept.ToEndAsync();
        Assert.Equal("out\n", kept.Text);
    }

    [Fact]
    public async Task UnknownProgramOrRootfs_Refused()
    {
        await Assert.ThrowsAsync<InvalidContainerSpecException>(() => _node.CreateAsync(new ContainerSpec { Args = ["/nothing"] }));
        await Assert.ThrowsAsync<InvalidContainerSpecException>(() => _node.CreateAsync(new ContainerSpec { Args = ["cat"], Rootfs = "/" }));
    }
}
