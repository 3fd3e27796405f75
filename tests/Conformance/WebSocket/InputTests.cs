using System.Security.Cryptography;
using System.Text;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>What clients send: good frames, odd ones and bad ones.</summary>
public sealed class InputTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [MemberData(nameof(Protocols.Raw), MemberType = typeof(Protocols))]
    public async Task Case18_StdinAsBinaryAndAsText_Arrives(string protocol)
    {
        var client = await AttachAsync(await EchoAsync(), protocol);
        await client.SendFrameAsync(WebSocketOpcode.Binary, "\0abc\n"u8);
        await client.Stdout.ContainsAsync("abc\n");
        await client.SendFrameAsync(WebSocketOpcode.Text, "\0abc\n"u8);
        await client.Stdout.ContainsAsync("abc\nabc\n");
    }

    [Theory]
    [MemberData(nameof(Protocols.Base64), MemberType = typeof(Protocols))]
    public async Task Case19_Base64_GoodArrivesBadIsDropped(string protocol)
    {
        var client = await AttachAsync(await EchoAsync(), protocol);
        foreach (var text in new[] { "0YWJj", "0!!!!", "9YWJj", "0YWJ", "0", "0Cg==" })
        {
            await client.SendFrameAsync(WebSocketOpcode.Text, Encoding.ASCII.GetBytes(text));
        }

        await client.Stdout.ContainsAsync("\n");
        Assert.Equal("abc\n", client.Stdout.ToString());
    }

    [Theory]
    [MemberData(nameof(Protocols.Base64), MemberType = typeof(Protocols))]
    public async Task Case19_Base64_InBinaryFramesAndEveryByte_Arrives(string protocol)
    {
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var client = await AttachAsync(await EchoAsync(), protocol);
        await client.SendFrameAsync(WebSocketOpcode.Binary, Encoding.ASCII.GetBytes("0" + Convert.ToBase64String(every)));
        await client.Stdout.LengthAsync(every.Length);
        Assert.Equal(every, client.Stdout.ToArray());
    }

    [Theory]
    [MemberData(nameof(Protocols.Raw), MemberType = typeof(Protocols))]
    public async Task Case20_UnknownChannelsServersChannelsAndEmptyMessages_AreIgnored(string protocol)
    {
        var client = await AttachAsync(await EchoAsync(), protocol);
        foreach (byte channel in new byte[] { 1, 2, 3, 5, 7, 254 })
        {
            await client.SendFrameAsync(WebSocketOpcode.Binary, [channel, (byte)'x', (byte)'\n']);
            await client.SendFrameAsync(WebSocketOpcode.Binary, [channel]);
        }

        await client.SendFrameAsync(WebSocketOpcode.Binary, []);
        await client.SendFrameAsync(WebSocketOpcode.Text, []);
        await client.SendFrameAsync(WebSocketOpcode.Binary, [0]);
        await client.SendFrameAsync(WebSocketOpcode.Pong, "nobody asked"u8);
        await EchoesExactlyAsync(client, "alive\n");
    }

    [Fact]
    public async Task Case21_CloseSignal_EndsStdinAndOutputStillFlows()
    {
        var container = await ShellAsync("cat; echo ended; cat", new CreateContainerBody { Stdin = true, StdinOnce = true });
        var client = await AttachAsync(container, StreamProtocol.V5);
        await client.InputAsync("one\n");
        await client.EndInputAsync();
        await client.EndInputAsync();
        await client.InputAsync("nobody reads this\n");
        await client.Stdout.ContainsAsync("ended\n");
        var end = await client.EndAsync();
        Assert.Equal("one\nended\n", client.Stdout.ToString());
        Endings.AssertSuccess(end, client.Protocol);
    }

    [Fact]
    public async Task Case21_CloseSignalOfOtherChannels_IsAccepted()
    {
        var client = await AttachAsync(await EchoAsync(), StreamProtocol.V5);
        foreach (byte channel in new byte[] { 1, 2, 3, 4, 4 })
        {
            await client.SendFrameAsync(WebSocketOpcode.Binary, [255, channel]);
        }

        await EchoesExactlyAsync(client, "alive\n");
    }

    [Theory]
    [InlineData("FF")]
    [InlineData("FF0000")]
    [InlineData("FF05")]
    [InlineData("FFFF")]
    public async Task Case21_MalformedCloseSignal_EndsTheSessionWithACloseFrame(string message)
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, StreamProtocol.V5);
        await client.SendFrameAsync(WebSocketOpcode.Binary, Convert.FromHexString(message));
        var end = await client.EndAsync();
        Assert.Equal((ushort?)1000, end.CloseCode);
        Assert.Null(end.Fault);
        await NoSessionAsync(container);
        Assert.Equal(ContainerPhase.Running, (await container.InspectAsync()).State);
    }

    [Theory]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("v3.channel.k8s.io")]
    [InlineData("channel.k8s.io")]
    [InlineData("")]
    public async Task Case21_BelowV5_CloseSignalIsIgnored(string protocol)
    {
        var container = await RunAsync(["cat"], new CreateContainerBody { Stdin = true, StdinOnce = true });
        var client = await AttachAsync(container, protocol);
        await client.SendFrameAsync(WebSocketOpcode.Binary, [255, 0]);
        await client.SendFrameAsync(WebSocketOpcode.Binary, [255]);
        await EchoesExactlyAsync(client, "alive\n");
    }

    [Theory]
    [MemberData(nameof(Protocols.Raw), MemberType = typeof(Protocols))]
    public async Task Case22_FragmentsEachWithItsChannel_AreMessagesOfTheirOwn(string protocol)
    {
        var client = await AttachAsync(await EchoAsync(), protocol);
        await client.SendFrameAsync(WebSocketOpcode.Binary, "\0AB"u8, final: false);
        await client.SendFrameAsync(WebSocketOpcode.Ping, "between"u8);
        await client.SendFrameAsync(WebSocketOpcode.Continuation, "\0CD"u8, final: false);
        await client.SendFrameAsync(WebSocketOpcode.Continuation, "\0\n"u8);
        await client.Stdout.ContainsAsync("\n");
        Assert.Equal("ABCD\n", client.Stdout.ToString());
    }

    [Fact]
    public async Task Case22_EveryFrameUnfinished_AsOldClientsSend_Arrives()
    {
        var client = await AttachAsync(await EchoAsync(), StreamProtocol.V4);
        for (var number = 0; number < 50; number++)
        {
            await client.SendFrameAsync(WebSocketOpcode.Binary, Encoding.ASCII.GetBytes($"\0{number:d2}\n"), final: false);
        }

        await client.Stdout.ContainsAsync("49\n");
        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(number => $"{number:d2}\n")), client.Stdout.ToString());
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task Case23_FrameOf20MiB_Arrives(string protocol)
    {
        const int size = 20 * MiB;
        var content = new byte[size + 8];
        new RandomContent(23).Fill(0, content);
        var expected = Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(0, size)));
        var container = await ShellAsync($"head -c {size} | sha256sum");
        var client = await AttachAsync(container, protocol);
        byte[] message = [0, .. content.AsSpan(0, size)];
        await client.SendFrameAsync(WebSocketOpcode.Binary, message);
        var end = await client.EndAsync(TimeSpan.FromSeconds(60));
        Assert.StartsWith(expected, client.Stdout.ToString(), StringComparison.Ordinal);
        Endings.AssertSuccess(end, client.Protocol);
    }

    [Fact]
    public async Task Case23_FrameOver32MiB_IsClosed()
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, StreamProtocol.V5);

        // The header alone: nobody waits for such a payload, let alone buys memory for it.
        await client.SendRawAsync(Header(0x82, (32UL * MiB) + 1));
        await ClosedAsync(client, WebSocketCloseCode.MessageTooBig);
        await NoSessionAsync(container);
    }

    [Fact]
    public async Task Case23_LengthWithItsTopBitSet_IsClosed()
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, StreamProtocol.V5);
        await client.SendRawAsync(Header(0x82, 0x8000_0000_0000_0005));
        await ClosedAsync(client, WebSocketCloseCode.ProtocolError);
        await NoSessionAsync(container);
    }

    [Fact]
    public async Task Case24_UnmaskedFrame_IsClosedWith1002()
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, StreamProtocol.V5);
        await client.SendFrameAsync(WebSocketOpcode.Binary, "\0abc"u8, masked: false);
        await ClosedAsync(client, WebSocketCloseCode.ProtocolError);
        await NoSessionAsync(container);
    }

    [Theory]
    [InlineData(0x83)] // reserved data opcode
    [InlineData(0x8B)] // reserved control opcode
    [InlineData(0xC2)] // reserved bit
    [InlineData(0x09)] // fragmented ping
    public async Task Case24_ReservedOpcodeOrBit_IsClosedWith1002(byte first)
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, StreamProtocol.V5);
        var frame = RawWebSocket.Frame(WebSocketOpcode.Binary, "\0abc"u8);
        frame[0] = first;
        await client.SendRawAsync(frame);
        await ClosedAsync(client, WebSocketCloseCode.ProtocolError);
        await NoSessionAsync(container);
    }

    [Fact]
    public async Task Case24_PingOver125Bytes_IsClosedWith1002()
    {
        var client = await AttachAsync(await EchoAsync(), StreamProtocol.V5);
        await client.SendFrameAsync(WebSocketOpcode.Ping, new byte[126]);
        await ClosedAsync(client, WebSocketCloseCode.ProtocolError);
    }

    private static byte[] Header(byte first, ulong length)
    {
        var header = new byte[14];
        header[0] = first;
        header[1] = 0xFF;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
        return header;
    }

    private static async Task ClosedAsync(AttachClient client, ushort code)
    {
        var end = await client.EndAsync();
        Assert.Equal((ushort?)code, end.CloseCode);
        Assert.Null(end.Fault);
    }

    private static async Task EchoesExactlyAsync(AttachClient client, string text)
    {
        await client.InputAsync(text);
        await client.Stdout.ContainsAsync(text);
        Assert.Equal(text, client.Stdout.ToString());
    }
}
