using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using CriAttach.Testing.Processes;
using k8s;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>The C# <c>KubernetesClient</c>, with each subprotocol that it can be told to ask for.</summary>
[Collection(ClientCluster.Name)]
public sealed class DotNetAttachTests(ClientCluster cluster)
{
    private const string None = "";
    private const string V5 = "v5.channel.k8s.io";
    private const string Base64 = "base64.channel.k8s.io";
    private const int StdinChannel = '0';
    private const int StdoutChannel = '1';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Binary => [None, "v4.channel.k8s.io", V5];

    [Theory]
    [MemberData(nameof(Binary))]
    public async Task Case48_DotNet_EchoAndEndOfInput(string protocol)
    {
        await using var container = await cluster.EchoAsync();
        using var client = Client();
        using var socket = await AttachAsync(client, container, protocol);
        Assert.Equal(protocol, socket.SubProtocol ?? None);
        using var streams = new StreamDemuxer(socket);
        streams.Start();
        using var stdio = streams.GetStream(ChannelIndex.StdOut, ChannelIndex.StdIn);
        using var status = streams.GetStream(ChannelIndex.Error, null);
        await stdio.WriteAsync("hello\n"u8.ToArray());
        var echo = new byte["hello\n".Length];
        await stdio.ReadExactlyAsync(echo).AsTask().WaitAsync(Patience);
        Assert.Equal("hello\n", Encoding.UTF8.GetString(echo));
        if (protocol == V5)
        {
            await socket.SendAsync(new byte[] { 0xFF, 0 }, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            Assert.Contains("\"Success\"", await new StreamReader(status).ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        }
        else
        {
            // Older protocols have no other end of input than that of the connection.
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        await container.ExitedAsync(Patience);
        Assert.Equal(3, (await container.InspectAsync()).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public async Task Case48_DotNet_BinaryOutput(string protocol)
    {
        await using var container = await cluster.RandomAsync();
        using var client = Client();
        using var socket = await AttachAsync(client, container, protocol);
        using var streams = new StreamDemuxer(socket);
        streams.Start();
        using var stdio = streams.GetStream(ChannelIndex.StdOut, ChannelIndex.StdIn);
        await stdio.WriteAsync("go\n"u8.ToArray());
        using var received = new MemoryStream();
        await stdio.CopyToAsync(received).WaitAsync(Patience);
        ClientCluster.AssertRandom(received.ToArray());
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public async Task Case48_DotNet_TerminalSize(string protocol)
    {
        await using var container = await cluster.TerminalAsync();
        using var client = Client();
        using var socket = await AttachAsync(client, container, protocol);
        using var streams = new StreamDemuxer(socket);
        streams.Start();
        using var stdio = streams.GetStream(ChannelIndex.StdOut, ChannelIndex.StdIn);
        using var resize = streams.GetStream(null, ChannelIndex.Resize);
        using var reader = new StreamReader(stdio);
        await resize.WriteAsync("{\"Width\":101,\"Height\":33}"u8.ToArray());
        string? line;
        do
        {
            await stdio.WriteAsync("\n"u8.ToArray());
            line = await reader.ReadLineAsync().WaitAsync(Patience);
            Assert.NotNull(line);
        }
        while (line != "size 33 101");
    }

    [Fact]
    public async Task Case48_DotNet_Base64()
    {
        await using var container = await cluster.RandomAsync();
        using var client = Client();
        using var socket = await AttachAsync(client, container, Base64);
        var input = (char)StdinChannel + Convert.ToBase64String("go\n"u8);
        await socket.SendAsync(Encoding.ASCII.GetBytes(input), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var received = new ArrayBufferWriter<byte>();
        while (await MessageAsync(socket) is { } message)
        {
            if (message[0] == StdoutChannel)
            {
                received.Write(Convert.FromBase64String(message[1..]));
            }
        }

        ClientCluster.AssertRandom(received.WrittenSpan.ToArray());
    }

    private static async Task<string?> MessageAsync(System.Net.WebSockets.WebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, result.Count));
            if (result.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }

    private static Task<System.Net.WebSockets.WebSocket> AttachAsync(Kubernetes client, TestContainer container, string protocol) =>
        client.WebSocketNamespacedPodAttachAsync(
            container.View.Name, "default", container.View.Name, !container.View.Tty, true, true, container.View.Tty, protocol == None ? null! : protocol);

    private Kubernetes Client() => new(KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.Plain.ConfigFile));
}
