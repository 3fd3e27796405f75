using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests.Relay;

/// <summary>Exec through CriAttach's socket in front of containerd, by every transport and protocol.</summary>
[Collection(RelayTestGroup.Name)]
public sealed class ExecTests(ContainerdNode node)
{
    private const string Direct = "spdy v4.channel.k8s.io";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> All => [.. ExecClient.Transports];

    public static TheoryData<string> Resizing => ["spdy v4.channel.k8s.io", "spdy v3.channel.k8s.io", "v5.channel.k8s.io", "v4.base64.channel.k8s.io", "channel.k8s.io", ""];

    [Theory]
    [MemberData(nameof(All))]
    public async Task ExitCodes_AreToldAsTheRuntimeToldThem(string transport)
    {
        foreach (var code in (int[])[0, 3, 137])
        {
            var script = string.Create(CultureInfo.InvariantCulture, $"echo out; echo err >&2; exit {code}");
            var status = await RunAsync(transport, script);
            var direct = await DirectAsync(["sh", "-c", script]);
            Assert.Equal(Expected(transport, direct), status);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task UnknownCommand_FailsWithTheRuntimesWords(string transport)
    {
        string[] command = ["no-such-command"];
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(command), transport);
        var status = await client.EndAsync();
        var direct = await DirectAsync(command);

        // The id of the exec is in the words.
        static string Words(string text) => text.Length == 0 ? "" : text[..Math.Min(text.Length, 60)];
        Assert.Equal(Words(Expected(transport, direct)), Words(status));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task EightMiB_BothWaysBitForBit(string transport)
    {
        var data = RandomNumberGenerator.GetBytes(8 * 1024 * 1024);
        var script = ExecClient.CanEndInput(transport) ? "cat" : $"head -c {data.Length}";
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(["sh", "-c", script]), transport);
        foreach (var piece in data.Chunk(100_000))
        {
            await client.InputAsync(piece).WaitAsync(Patience);
        }

        if (ExecClient.CanEndInput(transport))
        {
            await client.EndInputAsync();
        }

        AssertSuccess(transport, await client.EndAsync());
        Assert.Equal(SHA256.HashData(data), SHA256.HashData(client.Stdout.ToArray()));
        Assert.Equal(0, client.Stderr.Length);
    }

    [Theory]
    [MemberData(nameof(Resizing))]
    public async Task Terminal_TakesSizes(string transport)
    {
        const string script = "stty -echo; echo ready; while read line; do echo size $(stty size); done";
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(["sh", "-c", script], tty: true), transport, tty: true);
        await client.Stdout.ContainsAsync("ready\r\n");
        await client.ResizeAsync(101, 33);
        await Until.TrueAsync(
            async _ =>
            {
                var before = client.Stdout.Length;
                await client.InputAsync("\n");
                await client.Stdout.LengthAsync(before + 1);
                return client.Stdout.ToString().Contains("size 33 101\r\n", StringComparison.Ordinal);
            },
            Patience,
            "the size is applied");
        await client.InputAsync("\u0004");
        AssertSuccess(transport, await client.EndAsync());
    }

    [Theory]
    [InlineData("spdy v4.channel.k8s.io")]
    [InlineData("v5.channel.k8s.io")]
    public async Task NoStdin_CommandSeesTheEndAtOnce(string transport)
    {
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(["sh", "-c", "cat; echo over"], stdin: false), transport, stdin: false);
        AssertSuccess(transport, await client.EndAsync());
        Assert.Equal("over\n", client.Stdout.ToString());
    }

    [Theory]
    [InlineData("spdy v4.channel.k8s.io")]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task ClientIsKilled_CommandsInputEnds(string transport)
    {
        var mark = "/tmp/" + Guid.NewGuid().ToString("N");
        var client = await ExecClient.OpenAsync(await node.ExecAsync(["sh", "-c", $"cat > {mark}; echo over >> {mark}"]), transport);
        await client.InputAsync("typed\n");
        await Until.TrueAsync(async _ => await ReadAsync(mark) == "typed\n", Patience, "the input arrives");
        await client.DisposeAsync();
        await Until.TrueAsync(async _ => await ReadAsync(mark) == "typed\nover\n", Patience, "the command ends");
    }

    [Fact]
    public async Task StdinIsNotRead_OutputAndPingsGoOn()
    {
        const int length = 4 * 1024 * 1024;
        await using var client = await AttachClient.OpenAsync(
            await node.ExecAsync(["sh", "-c", $"read go; head -c {length} /dev/zero; sleep 2147483647"]), Wire.Channels.StreamProtocol.V5);
        await client.InputAsync("go\n");
        var typing = client.InputAsync(new byte[16 * 1024 * 1024]);
        await client.Stdout.LengthAsync(length, Patience);
        Assert.False(typing.IsCompleted);
        await client.PongAsync(Patience);
    }

    [Fact]
    public async Task Token_WorksOnceAndAtItsOwnDoorOnly()
    {
        using HttpClient http = new();
        var url = await node.ExecAsync(["true"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(url)).StatusCode);

        url = await node.ExecAsync(["true"]);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.PutAsync(url, content: null)).StatusCode);
        foreach (var other in (string[])["attach", "portforward"])
        {
            url = await node.ExecAsync(["true"]);
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(url.AbsoluteUri.Replace("/exec/", $"/{other}/", StringComparison.Ordinal))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(url)).StatusCode);
        }
    }

    private static string Expected(string transport, string direct) =>
        ExecClient.HasJson(transport) ? direct
        : ExecClient.IsMute(transport) || direct.Contains("\"Success\"", StringComparison.Ordinal) ? ""
        : JsonDocument.Parse(direct).RootElement.GetProperty("message").GetString()!;

    private static void AssertSuccess(string transport, string status)
    {
        if (ExecClient.HasJson(transport))
        {
            Assert.Contains("\"status\":\"Success\"", status, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("", status);
        }
    }

    private async Task<string> RunAsync(string transport, string script)
    {
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(["sh", "-c", script]), transport);
        var status = await client.EndAsync();
        Assert.Equal("out\n", client.Stdout.ToString());
        Assert.Equal("err\n", client.Stderr.ToString());
        return status;
    }

    private async Task<string> DirectAsync(IEnumerable<string> command)
    {
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(command, at: node.Direct), Direct);
        return await client.EndAsync();
    }

    private async Task<string> ReadAsync(string path)
    {
        await using var client = await ExecClient.OpenAsync(await node.ExecAsync(["cat", path], stdin: false), Direct, stdin: false);
        _ = await client.EndAsync();
        return client.Stdout.ToString();
    }
}
