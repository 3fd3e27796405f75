using CriAttach.Interfaces.Containers;

namespace CriAttach.Runtimes.Tests.Conmon;

/// <summary>The silo goes away and comes back while containers run.</summary>
public sealed class ConmonRestartTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConmonNode _node = new(options => options.LogMaxFiles = 1000);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData("seq 1 2000000000", 60)]
    [InlineData("seq 1 2000000000 | while read x; do echo $x; done", 20)]
    [InlineData("awk 'BEGIN { for (i = 1; ; i++) { print i; if (i % 7 == 0) { fflush(); } } }'", 20)]
    public async Task RestartedUnderFlood_NoByteIsLostOrDoubled(string script, int restarts)
    {
        var container = await _node.StartAsync(script);
        var epoch = container.Stdio.Output.Epoch;
        var check = new CounterCheck();
        long offset = 0;
        for (var i = 0; i < restarts; i++)
        {
            using (var output = new OutputReader(container.Stdio.Output, offset) { Sink = (_, data) => check.Take(data.Span) })
            {
                var goal = container.Stdio.Output.Head + 200_000;
                await output.UntilAsync(() => output.Count + offset >= goal);
                offset += output.Count;
            }

            container = await _node.RestartAsync();
            Assert.Equal((ContainerState.Running, epoch), (container.Info.State, container.Stdio.Output.Epoch));
        }

        using var rest = new OutputReader(container.Stdio.Output, offset) { Sink = (_, data) => check.Take(data.Span) };
        await container.StopAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        await rest.ToEndAsync();
        Assert.True(check.Lines > 10_000, $"only {check.Lines} lines");
    }

    [Fact]
    public async Task ExitsWhileAway_StatusAndWholeOutputAreThere()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "read x; seq 1 200000; exit 3"], Stdin = true });
        var pid = _node.ConmonPid(container);
        await new InputWriter(container.Stdio.Input).WriteAsync("\n");
        await _node.StopSiloAsync();
        await ProcessEnd.OfAsync(pid);
        container = Assert.Single(await _node.StartSiloAsync());
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((ContainerState.Exited, 3), (container.Info.State, container.Info.ExitCode));
        using var output = new OutputReader(container.Stdio.Output);
        var check = new CounterCheck();
        output.Sink = (_, data) => check.Take(data.Span);
        await output.ToEndAsync();
        Assert.Equal(200_000, check.Lines);
    }

    [Fact]
    public async Task ExitedBeforeRestart_IsFoundAgainAsItWas()
    {
        var container = await _node.StartAsync("echo out; exit 3");
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        container.MarkAttached();
        var info = container.Info;
        container = await _node.RestartAsync();
        await container.Exited.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(info with { Spec = container.Info.Spec }, container.Info);
        Assert.True(container.WasAttached);
        using var output = new OutputReader(container.Stdio.Output);
        await output.ToEndAsync();
        Assert.Equal("out\n", output.Text);
    }

    [Fact]
    public async Task CreatedNotStarted_CanBeStartedAfterRestart()
    {
        await _node.CreateAsync("echo out");
        var container = await _node.RestartAsync();
        Assert.Equal(ContainerState.Created, container.Info.State);
        await container.StartAsync(TestContext.Current.CancellationToken);
        using var output = new OutputReader(container.Stdio.Output);
        await output.ToEndAsync();
        Assert.Equal("out\n", output.Text);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Stdin_StaysOpenOverRestarts(bool tty, bool once)
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "while read x; do echo got $x; done; echo end"], Stdin = true, StdinOnce = once, Tty = tty });
        for (var i = 0; i < 3; i++)
        {
            using var output = new OutputReader(container.Stdio.Output, container.Stdio.Output.Head);
            await new InputWriter(container.Stdio.Input).WriteAsync($"line{i}\n");
            await output.UntilTextAsync($"got line{i}");
            container = await _node.RestartAsync();
        }

        if (once && !tty)
        {
            await new InputWriter(container.Stdio.Input).EndAsync();
            using var output = new OutputReader(container.Stdio.Output);
            await output.ToEndAsync();
            Assert.EndsWith("end\n", output.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StdinOnceClosedBeforeRestart_StaysClosed()
    {
        var container = await _node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "cat; echo closed; sleep 1000"], Stdin = true, StdinOnce = true });
        await new InputWriter(container.Stdio.Input).EndAsync();
        using (var output = new OutputReader(container.Stdio.Output))
        {
            await output.UntilTextAsync("closed");
        }

        container = await _node.RestartAsync();
        Assert.Equal(ContainerState.Running, container.Info.State);
        Assert.True(container.Stdio.Input!.IsClosed);
    }

    [Fact]
    public async Task RepetitiveOutput_OffsetsGoOnExactly()
    {
        // Content says nothing here: only exact offsets give the exact count.
        const int Count = 60_000_000;
        var container = await _node.CreateAsync($"head -c {Count} /dev/zero");
        await container.StartAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
        {
            container = await _node.RestartAsync();
        }

        using var output = new OutputReader(container.Stdio.Output) { Sink = static (_, _) => { } };
        await output.ToEndAsync();
        Assert.Equal(Count, output.Count);
    }
}
