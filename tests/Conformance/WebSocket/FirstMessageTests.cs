using CriAttach.Testing.Attach;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>The empty message by which clients know that the session stands.</summary>
public sealed class FirstMessageTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    public static TheoryData<string, bool, bool, byte> Cases()
    {
        TheoryData<string, bool, bool, byte> rows = [];
        foreach (var protocol in Protocols.Every)
        {
            rows.Add(protocol.Name, true, true, 1);
            rows.Add(protocol.Name, true, false, 1);
            rows.Add(protocol.Name, false, true, 2);
            rows.Add(protocol.Name, false, false, 3);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case17_FirstFrame_IsTheLowestWritableChannelAndNothingElse(string protocol, bool stdout, bool stderr, byte channel)
    {
        var container = await EchoAsync();
        var url = Processes.Gateways[1].Here(await Processes.Gateways[0].AttachAsync(container.Id, stdin: true, stdout, stderr));
        string[] offered = protocol.Length > 0 ? [protocol] : [];
        using var socket = await RawWebSocket.OpenAsync(url, offered);
        var frame = await socket.ReadFrameAsync();
        Assert.NotNull(frame);
        Assert.True(frame.Final);
        var isBase64 = Protocols.Of(protocol).IsBase64;
        Assert.Equal(isBase64 ? WebSocketOpcode.Text : WebSocketOpcode.Binary, frame.Opcode);
        Assert.Equal([isBase64 ? (byte)('0' + channel) : channel], frame.Payload);

        // The next one is the echo: the empty message comes once.
        await socket.SendAsync(WebSocketOpcode.Binary, isBase64 ? "0eAo="u8 : "\0x\n"u8);
        if (stdout)
        {
            var echo = await socket.ReadFrameAsync();
            Assert.Equal(isBase64 ? "1eAo="u8.ToArray() : "\u0001x\n"u8.ToArray(), echo?.Payload);
        }
    }
}
