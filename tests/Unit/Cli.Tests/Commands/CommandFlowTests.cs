using System.Text;
using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Cli.Commands;
using CriAttach.Cli.Tests.Fakes;
using CriAttach.Wire.Channels;

namespace CriAttach.Cli.Tests.Commands;

/// <summary>Whole commands against a gateway that is real but for what stands behind it.</summary>
public sealed class CommandFlowTests
{
    private static readonly string Label = $"criattach {Environment.UserName}@{Environment.MachineName}";

    [Fact]
    public async Task Ps_RunningOnesUnlessAll()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("web");
        gateway.Add("job", ContainerPhase.Exited, exitCode: 3);

        var some = await RunAsync(gateway, "ps");
        var all = await RunAsync(gateway, "ps", "-a");

        Assert.Equal(
            "CONTAINER ID   NAME   NODE   RUNTIME   STATUS       COMMAND   POD\nweb-01234567   web    n1     process   up 3 hours   cat -n\n",
            some.Output);
        Assert.Contains("exited (3) 3 hours ago", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ps_Json_IsTheApisMessage()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("web");

        var result = await RunAsync(gateway, "ps", "--json");

        var list = JsonSerializer.Deserialize(result.Output, AdminJson.Default.ContainerList);
        Assert.Equal("web", Assert.Single(list!.Containers).Name);
    }

    [Fact]
    public async Task Dashboard_PrintsTheAddressAlone()
    {
        await using var gateway = await FakeGateway.StartAsync();
        Assert.Equal(new Result(0, "http://127.0.0.1:8080/#login=abc\n", "", ""), await RunAsync(gateway, "dashboard"));
        var json = await RunAsync(gateway, "dashboard", "--json");
        Assert.Equal("http://127.0.0.1:8080/#login=abc", JsonSerializer.Deserialize(json.Output, AdminJson.Default.LoginTicket)!.Url);
    }

    [Fact]
    public async Task Dashboard_GatewayWithoutPage_SaysWhatToSet()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.TicketProblem = "this gateway serves no page: set X";
        Assert.Equal(new Result(125, "", "criattach: this gateway serves no page: set X\n", ""), await RunAsync(gateway, "dashboard"));
    }

    [Fact]
    public async Task NodeOutOfReach_WarnedOf()
    {
        await using var gateway = await FakeGateway.StartAsync(unreachable: "n2");

        var ps = await RunAsync(gateway, "ps");
        var nodes = await RunAsync(gateway, "nodes");

        Assert.Contains("no answer from n2", ps.Error, StringComparison.Ordinal);
        Assert.Contains("unreachable", nodes.Output, StringComparison.Ordinal);
        Assert.Contains("conmon,process", nodes.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAttached_AttachesThenStartsThenTellsTheExitCode()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Pid1 = async peer =>
        {
            await peer.SendAsync(StdioChannel.Stdout, "hello");
            await peer.EndAsync(SessionStatus.NonZeroExitCode(9));
        };

        var result = await RunAsync(gateway, "run", "--rm", "--name", "job", "-e", "A=b=c", "sh", "-c", "exit 9");

        Assert.Equal(9, result.ExitCode);
        Assert.Equal("hello", result.Stdout);
        Assert.Equal(["attach job", "start job", "rm job False"], gateway.Calls);
        Assert.Equal(["sh", "-c", "exit 9"], gateway.Created!.Args);
        Assert.Equal(["A=b=c"], gateway.Created.Env);
        Assert.Equal(
            new AttachBody { Stdout = true, Stderr = true, Replay = ReplayMode.All, ExitStatus = true, Client = Label }, gateway.Attached);
    }

    [Fact]
    public async Task RunWherePid1MustRunFirst_StartedThenAttached()
    {
        await using var gateway = await FakeGateway.StartAsync(attachBeforeStart: false);
        gateway.Pid1 = peer => peer.EndAsync(SessionStatus.Success);

        var result = await RunAsync(gateway, "run", "--name", "job", "true");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["attach job", "start job", "attach job"], gateway.Calls);
    }

    [Fact]
    public async Task RunOfACommandThatIsNotThere_127AndNothingLeftBehind()
    {
        await using var gateway = await FakeGateway.StartAsync(startProblem: "exec: \"nope\": executable file not found in $PATH");

        var result = await RunAsync(gateway, "run", "--name", "job", "nope");

        Assert.Equal(127, result.ExitCode);
        Assert.Contains("\"nope\"", result.Error, StringComparison.Ordinal);
        Assert.Equal("rm job True", gateway.Calls[^1]);
    }

    [Fact]
    public async Task RunDetached_PrintsTheIdAndDoesNotAttach()
    {
        await using var gateway = await FakeGateway.StartAsync();

        var result = await RunAsync(gateway, "run", "-dit", "--name", "sh", "sh");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("sh-0123456789abcdef\n", result.Output);
        Assert.Equal(["start sh"], gateway.Calls);
        Assert.True(gateway.Created is { Tty: true, Stdin: true, StartLater: false });
    }

    [Fact]
    public async Task AttachFromAPipe_EverythingEchoedThenTheEnd()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("cat");
        var input = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i}\n"));

        var result = await TypeAsync(gateway, input, "attach", "cat");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(input, result.Stdout);
    }

    [Fact]
    public async Task AttachThroughAnotherGateway_UrlRewritten()
    {
        await using var asked = await FakeGateway.StartAsync();
        await using var streaming = await FakeGateway.StartAsync();
        asked.Add("cat");
        asked.Pid1 = _ => throw new InvalidOperationException("the wrong gateway");

        var result = await TypeAsync(asked, "abc", "attach", "cat", "--stream-via", streaming.StreamBase);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("abc", result.Stdout);
    }

    [Fact]
    public async Task AttachWatching_AsksForNoInput()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("sh", tty: true);
        gateway.Pid1 = peer => peer.EndAsync(SessionStatus.Success);

        await TypeAsync(gateway, "input that nobody may see", "attach", "sh", "--no-stdin", "--replay", "tail:1k");

        Assert.Equal(
            new AttachBody { Stdout = true, Tty = true, Replay = ReplayMode.Tail, ReplayBytes = 1024, ExitStatus = true, Client = Label }, gateway.Attached);
    }

    [Fact]
    public async Task ConnectionLost_125AndHowToGoOn()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("cat");
        gateway.Pid1 = _ => throw new IOException("the gateway falls over");

        var result = await RunAsync(gateway, "attach", "cat", "--no-stdin");

        Assert.Equal(125, result.ExitCode);
        Assert.Contains("criattach attach cat", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttachToNothing_GatewaysOwnWords()
    {
        await using var gateway = await FakeGateway.StartAsync();

        var result = await RunAsync(gateway, "attach", "ghost");

        Assert.Equal(125, result.ExitCode);
        Assert.Equal("criattach: no container fits 'ghost'\n", result.Error);
    }

    [Fact]
    public async Task StopSeveral_OneMissingDoesNotKeepTheOthers()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("a");
        gateway.Add("b");

        var result = await RunAsync(gateway, "stop", "-t", "3", "a", "ghost", "b");

        Assert.Equal(125, result.ExitCode);
        Assert.Equal("a\nb\n", result.Output);
        Assert.Equal(["stop a 3", "stop b 3"], gateway.Calls);
        Assert.Contains("ghost", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_ReportsWithoutTheSecret()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Add("cat");

        var result = await RunAsync(gateway, "ping", "cat", "--count", "5", "--json");

        Assert.Equal(0, result.ExitCode);
        var report = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(5, report.GetProperty("count").GetInt32());
        Assert.Equal(5 * 17, report.GetProperty("bytes").GetInt32());
        Assert.Equal($"{gateway.StreamBase}/attach/…", report.GetProperty("streamUrl").GetString());
        Assert.True(report.GetProperty("p50Milliseconds").GetDouble() > 0);
    }

    private static Task<Result> RunAsync(FakeGateway gateway, params string[] args) => TypeAsync(gateway, "", args);

    private static async Task<Result> TypeAsync(FakeGateway gateway, string input, params string[] args)
    {
        using var stdout = new MemoryStream();
        var context = Lines.Context(out var output, out var error, new MemoryStream(Encoding.UTF8.GetBytes(input)), stdout);
        var exitCode = await new CommandLine(context).RunAsync(["--gateway", gateway.Address, .. args]);
        return new(exitCode, output.ToString(), error.ToString(), Encoding.UTF8.GetString(stdout.ToArray()));
    }

    private sealed record Result(int ExitCode, string Output, string Error, string Stdout);
}
