using System.Text;
using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Interfaces.Stdio;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Spdy;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, SPDY: frames are written and read by hand.</summary>
public sealed class SpdyTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string V4 = "v4.channel.k8s.io";
    private const string Success = "{\"metadata\":{},\"status\":\"Success\"}";
    private static readonly string[] NoTerminal = ["error", "stdin", "stdout", "stderr"];
    private static readonly string[] Terminal = ["error", "stdin", "stdout", "resize"];
    private static readonly TimeSpan Patience = GatewayFixture.Patience;

    [Fact]
    public async Task Case32_EveryStream_IsAcceptedAtOnce()
    {
        var container = gateway.Run();
        container.Output.Append(StdioStream.Stdout, "early"u8);
        using var spdy = await OpenAsync(container);
        uint id = 1;
        foreach (var type in NoTerminal)
        {
            await spdy.OpenStreamAsync(id, type);
            await spdy.ReplyAsync(id);
            id += 2;
        }

        Assert.Equal("early", await TextAsync(spdy, 5, 5));
    }

    [Fact]
    public async Task Case32_OnlyTheErrorStream_Reset_GoAwayAndCloseAfter30Seconds()
    {
        using var spdy = await OpenAsync(gateway.Run());
        await spdy.OpenStreamsAsync("error");
        var frames = await spdy.ReadToEndAsync(TimeSpan.FromSeconds(40));
        Assert.Equal([SpdyFrameType.RstStream, SpdyFrameType.GoAway], frames.Select(frame => frame.Type));
    }

    [Theory]
    [InlineData("stderr", "stdout", "stdin", "error")]
    [InlineData("stdout", "error", "stderr", "stdin")]
    public async Task Case33_AnyOrder_Works(params string[] types)
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(types);
        await EchoesAsync(spdy, container, Id(types, "stdin"), Id(types, "stdout"));
    }

    [Theory]
    [InlineData("stdin")]
    [InlineData("foo")]
    [InlineData(null)]
    public async Task Case33_DuplicateUnknownOrNameless_IsRefusedAndNobodyHangs(string? type)
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync("error", "stdin", "stdout");
        await spdy.OpenStreamAsync(7, type);
        await spdy.ReplyAsync(7);
        var refusal = await spdy.ReadAsync();
        Assert.Equal((SpdyFrameType.RstStream, 7u, (uint)SpdyStatus.RefusedStream), (refusal!.Type, refusal.StreamId, refusal.Value));
        await spdy.OpenStreamAsync(9, "stderr");
        await spdy.ReplyAsync(9);
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
    }

    [Fact]
    public async Task Case34_Terminal_TakesSizes()
    {
        var container = gateway.Run(tty: true);
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(Terminal);
        await spdy.DataAsync(7, "{\"Width\":81,\"Height\":25}{\"height\":24,"u8);
        await spdy.DataAsync(7, "\"width\":80}\n"u8);
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
        await EventuallyAsync(() => container.Sizes.Count == 2);
        Assert.Equal(["81x25", "80x24"], container.Sizes.Select(size => $"{size.Width}x{size.Height}"));
    }

    [Fact]
    public async Task Case34_TerminalWithoutResizeStream_StartsAndTakesItLate()
    {
        var container = gateway.Run(tty: true);
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync("error", "stdin", "stdout");
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
        await spdy.OpenStreamAsync(7, "resize");
        await spdy.ReplyAsync(7);
        await spdy.DataAsync(7, "{\"Width\":81,\"Height\":25}"u8);
        await EventuallyAsync(() => container.Sizes.Count == 1);
    }

    [Fact]
    public async Task Case34_NoTerminalAndAResizeStream_IsAnsweredAndIgnored()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync([.. NoTerminal, "resize"]);
        await spdy.DataAsync(9, "{\"Width\":81,\"Height\":25}"u8);
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
        Assert.Empty(container.Sizes);
    }

    [Theory]
    [InlineData("v3.channel.k8s.io")]
    [InlineData("v2.channel.k8s.io")]
    public async Task Case35_BelowV4_FailureIsPlainTextAndSuccessIsNothing(string protocol)
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container, protocol);
        await spdy.OpenStreamsAsync(NoTerminal);
        container.Exit(0);
        Assert.Equal([(1u, ""), (5u, ""), (7u, "")], await EndsAsync(spdy));

        var other = gateway.Run();
        using var failing = await OpenAsync(other, protocol);
        await failing.OpenStreamsAsync(NoTerminal);
        await EchoesAsync(failing, other, 3, 5);
        await RemoveAsync(other);
        var ends = await EndsAsync(failing);
        Assert.StartsWith("Internal error occurred: error attaching to container: ", ends[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case35_V1_ErrorStreamIsResetAndOurSideOfStdinFinished()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container, "channel.k8s.io");
        await spdy.OpenStreamsAsync(NoTerminal);
        var (reset, fin) = (await spdy.ReadAsync(), await spdy.ReadAsync());
        Assert.Equal((SpdyFrameType.RstStream, 1u), (reset!.Type, reset.StreamId));
        Assert.Equal((SpdyFrameType.Data, 3u, true), (fin!.Type, fin.StreamId, fin.Fin));
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
        container.Exit(0);
        Assert.Equal([(5u, ""), (7u, "")], await EndsAsync(spdy));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case36_FinOnStdin_EndOfInputBehindTheData(bool withData)
    {
        var container = gateway.Run(stdinOnce: true);
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(NoTerminal);
        await spdy.DataAsync(3, "last"u8, fin: withData);
        if (!withData)
        {
            await spdy.DataAsync(3, [], fin: true);
        }

        Assert.Equal("last", await StdinAsync(container, 4));
        await container.StdinClosed.WaitAsync(Patience);
        container.Output.Append(StdioStream.Stdout, "still"u8);
        Assert.Equal("still", await TextAsync(spdy, 5, 5));
    }

    [Fact]
    public async Task Case36_ResetOfStdout_ItsOutputIsThrownAwayAndTheSessionLives()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(NoTerminal);
        await spdy.SendAsync("80030003 00000008 00000005 00000005");
        await PingAsync(spdy, 1);
        container.Output.Append(StdioStream.Stdout, "nobody"u8);
        container.Output.Append(StdioStream.Stderr, "somebody"u8);
        Assert.Equal("somebody", await TextAsync(spdy, 7, 8));
        await spdy.DataAsync(3, "x"u8);
        Assert.Equal("x", await StdinAsync(container, 1));
        container.Exit(0);
        Assert.Equal([(1u, Success), (7u, "")], await EndsAsync(spdy));
    }

    [Fact]
    public async Task Case37_OddPings_AreEchoedAndEvenOnesAreNot()
    {
        using var spdy = await OpenAsync(gateway.Run());
        await PingAsync(spdy, 1);
        await spdy.SendAsync("80030006 00000004 00000002");
        await PingAsync(spdy, 3);
        await PingAsync(spdy, 5);
    }

    [Theory]
    [InlineData("80030006 00000004 00000000")]
    [InlineData("80030006 01000004 00000001")]
    public Task Case37_BadPing_ClosesTheConnection(string hex) => AssertClosesAsync(hex);

    [Fact]
    public async Task Case38_WindowUpdateAndSettings_AreIgnored()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(NoTerminal);
        await spdy.SendAsync("80030009 00000008 00000003 00010000 80030004 0100000c 00000001 00000004 00000064");
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
    }

    [Fact]
    public Task Case38_SettingsThatLieAboutTheirCount_CloseTheConnection() => AssertClosesAsync("80030004 0000000c 80000000 0000000000000000");

    [Theory]
    [InlineData("8003000a 00000008 0000000100000001")]
    [InlineData("80030005 00000000")]
    [InlineData("80030003 00000008 00000001 00000000")]
    [InlineData("80030003 00000004 00000001")]
    [InlineData("80030006 00000008 0000000100000001")]
    [InlineData("80030007 00000004 00000001")]
    [InlineData("80030009 00000004 00000001")]
    [InlineData("00000000 00000001 41")]
    [InlineData("80030001 0000000a 00000000 00000000 0000")]
    [InlineData("80030001 00004001 00000001")]
    [InlineData("80020006 00000004 00000001")]
    public Task Case39_BadFrame_ClosesTheConnection(string hex) => AssertClosesAsync(hex);

    [Theory]
    [InlineData("80030001 00000028 00000009 00000000 0000 78f9e3c6a7c302a62346703a2b294a4dcc851625aca9a08006000000ffff")] // another dictionary
    [InlineData("80030001 00000028 00000009 00000000 0000 78f9e3c6a7c207a62346703a2b294a4dcc851625aca9a08006000000ffff")] // corrupt
    [InlineData("80030001 00000022 00000009 00000000 0000 78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a0800600")] // cut short
    [InlineData("80030001 00000029 00000009 00000000 0000 78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff00")] // and a byte
    [InlineData("80030001 00000028 00000009 00000000 0000 78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff"
        + "80030001 00000028 0000000b 00000000 0000 78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff")] // the stream begins twice
    public async Task Case40_BrokenBlock_ClosesWithoutAReplyToIt(string hex)
    {
        using var spdy = await OpenAsync(gateway.Run());
        await spdy.SendAsync(hex);
        var frames = await spdy.ReadToEndAsync();
        Assert.DoesNotContain(frames, frame => frame.Type == SpdyFrameType.SynReply && frame.StreamId == 11);
        Assert.Equal(SpdyFrameType.GoAway, frames[^1].Type);
    }

    [Fact]
    public async Task Case40_WithoutDictionary_IsAccepted()
    {
        using var spdy = await OpenAsync(gateway.Run());
        await spdy.SendAsync("80030001 00000015 00000001 00000000 0000 789c 00 0400 fbff 00000000");
        await spdy.ReplyAsync(1);
    }

    [Theory]
    [InlineData("80030001 00000015 00000001 00000000 0000 789c 00 0400 fbff 000003e9")] // 1001 headers
    [InlineData("80030001 00000015 00000001 00000000 0000 789c 00 0400 fbff 00000001")] // more than the block has
    [InlineData("80030001 00ffffff 00000001 00000000 0000 789c")] // the frame of a bomb
    [InlineData("80030001 0000001a 00000001 00000000 0000 789c 00 0900 f6ff 00000001 00200000 61")] // a name of 2 MiB
    public Task Case41_HeaderBomb_ClosesTheConnection(string hex) => AssertClosesAsync(hex);

    [Fact]
    public async Task Case41_BlockThatInflatesTo64KiB_ClosesTheConnection()
    {
        using var output = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(output, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(new byte[64 * 1024]);
        }

        var block = Convert.ToHexString(output.ToArray());
        await AssertClosesAsync($"80030001 {(block.Length / 2) + 10:X8} 00000001 00000000 0000 {block}");
    }

    [Fact]
    public async Task Case42_SessionCutAtEveryByte_IsFreed()
    {
        var container = gateway.Run();
        var captured = Convert.FromHexString((
            "80030001 00000028 00000001 00000000 0000 78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff"
            + "80030001 00000017 00000003 00000000 0000 c22e555c02cc2e00000000ffff 80030001 00000019 00000005 00000000 0000 c22a054ce729f9a52500000000ffff"
            + "80030001 00000014 00000007 00000000 0000 c229073414000000ffff 00000003 00000003 61620a 80030006 00000004 00000001"
            + "00000003 01000000 80030007 00000008 00000000 00000000").Replace(" ", "", StringComparison.Ordinal));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, captured.Length + 1),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (length, _) =>
            {
                using var spdy = await OpenAsync(container);
                await spdy.Connection.SendAsync(captured.AsMemory(0, length), CancellationToken.None);
            });
        await gateway.NoSessionAsync(container);
        using var after = await OpenAsync(container);
        await after.OpenStreamsAsync(NoTerminal);
        container.Output.Append(StdioStream.Stdout, "alive"u8);
        Assert.EndsWith("alive", await TextAsync(after, 5, 5), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7u)]
    [InlineData(3u)]
    [InlineData(8u)]
    public async Task Case43_IdThatDoesNotRiseOrIsEven_IsResetAndTheLiveStreamGoesOn(uint id)
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(NoTerminal);
        await spdy.OpenStreamAsync(id, "stdin");
        var reset = await spdy.ReadAsync();
        Assert.Equal((SpdyFrameType.RstStream, id, (uint)SpdyStatus.ProtocolError), (reset!.Type, reset.StreamId, reset.Value));
        await EchoesAsync(spdy, container, stdin: 3, stdout: 5);
    }

    [Fact]
    public async Task Case44_DataBeforeAnyReplyOrOfNoStream_IsKeptOrIgnored()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.DataAsync(9, "of no stream"u8);
        await spdy.OpenStreamAsync(1, "error");
        await spdy.OpenStreamAsync(3, "stdin");
        await spdy.DataAsync(3, "early"u8);
        await spdy.OpenStreamAsync(5, "stdout");
        await spdy.OpenStreamAsync(7, "stderr");
        Assert.Equal("early", await StdinAsync(container, 5));
    }

    [Fact]
    public async Task Case45_NormalEnd_DataStatusFinsAndGoAwayLast()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(NoTerminal);
        container.Output.Append(StdioStream.Stdout, "bye"u8);
        container.Exit(3);
        Assert.Equal("bye", await TextAsync(spdy, 5, 3));
        Assert.Equal([(1u, Success), (5u, ""), (7u, "")], await EndsAsync(spdy));

        // It waits for us, and answers while it does.
        await PingAsync(spdy, 1);
        await spdy.SendAsync("80030007 00000008 00000000 00000000");
        var last = await spdy.ReadToEndAsync();
        Assert.Equal((SpdyFrameType.GoAway, 7u, 0u), (last.Single().Type, last.Single().StreamId, last.Single().Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Case46_ClientGoAway_EndsTheSession(int streams)
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync([.. NoTerminal.Take(streams)]);
        await spdy.SendAsync("80030007 00000008 00000000 00000000");
        await spdy.ReadToEndAsync();
        await gateway.NoSessionAsync(container);
    }

    [Fact]
    public async Task Case47_LongestFrameOnStdin_IsDelivered()
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.OpenStreamsAsync(NoTerminal);
        var data = new byte[SpdyLimits.MaxPayload];
        new Random(47).NextBytes(data);
        var sending = spdy.DataAsync(3, data);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var patience = new CancellationTokenSource(Patience);
        for (var got = 0; got < data.Length;)
        {
            var piece = await container.Stdin.ReadAsync(patience.Token);
            hash.AppendData(piece);
            got += piece.Length;
        }

        await sending;
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(data), hash.GetHashAndReset());
    }

    private static uint Id(string[] types, string type) => (uint)(1 + (2 * Array.IndexOf(types, type)));

    private async Task<RawSpdy> OpenAsync(ScriptedContainer container, string protocol = V4) =>
        await RawSpdy.OpenAsync(await gateway.UrlAsync(container), protocol);

    private async Task AssertClosesAsync(string hex)
    {
        var container = gateway.Run();
        using var spdy = await OpenAsync(container);
        await spdy.SendAsync(hex);
        var frames = await spdy.ReadToEndAsync();
        Assert.Equal((SpdyFrameType.GoAway, (uint)SpdyGoAwayStatus.ProtocolError), (frames.Single().Type, frames.Single().Value));
        await gateway.NoSessionAsync(container);
    }

    private async Task RemoveAsync(ScriptedContainer container)
    {
        using var answer = await gateway.Admin.DeleteAsync($"/api/v1/containers/{container.Info.Key.ContainerId}?force=true");
        answer.EnsureSuccessStatusCode();
    }

    private static async Task EchoesAsync(RawSpdy spdy, ScriptedContainer container, uint stdin, uint stdout)
    {
        await spdy.DataAsync(stdin, "ping"u8);
        Assert.Equal("ping", await StdinAsync(container, 4));
        container.Output.Append(StdioStream.Stdout, "pong"u8);
        Assert.Equal("pong", await TextAsync(spdy, stdout, 4));
    }

    private static async Task PingAsync(RawSpdy spdy, uint id)
    {
        await spdy.SendAsync((_, output) => SpdyFrameWriter.Ping(output, id));
        var echo = await spdy.ReadAsync();
        Assert.Equal((SpdyFrameType.Ping, id), (echo!.Type, echo.Value));
    }

    /// <summary>Reads the data of a stream; nothing else may come.</summary>
    private static async Task<string> TextAsync(RawSpdy spdy, uint id, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var frame = await spdy.ReadAsync();
            Assert.Equal((SpdyFrameType.Data, id, false), (frame!.Type, frame.StreamId, frame.Fin));
            text.Append(frame.Text);
        }

        return text.ToString();
    }

    /// <summary>Reads the streams' ends, in their order, with what they carried; input is reset before.</summary>
    private static async Task<List<(uint Id, string Text)>> EndsAsync(RawSpdy spdy)
    {
        List<(uint Id, string Text)> ends = [];
        var reset = await spdy.ReadAsync();
        Assert.Equal((SpdyFrameType.RstStream, 3u), (reset!.Type, reset.StreamId));
        while (!ends.Exists(end => end.Id == 7))
        {
            var frame = await spdy.ReadAsync();
            Assert.Equal((SpdyFrameType.Data, true), (frame!.Type, frame.Fin));
            ends.Add((frame.StreamId, frame.Text));
        }

        return ends;
    }

    private static async Task<string> StdinAsync(ScriptedContainer container, int length)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Encoding.Latin1.GetString(await container.Stdin.ReadAsync(patience.Token)));
        }

        return text.ToString();
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
