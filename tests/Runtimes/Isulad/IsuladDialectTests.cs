using System.Buffers;
using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Silo.Runtimes.CriUpstream;
using CriAttach.Testing.Isulad;
using CriAttach.Testing.Processes;
using CriAttach.Transports.Dialing;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using Grpc.Core;

namespace CriAttach.Runtimes.Tests.Isulad;

/// <summary>iSulad's dialect against a fake that speaks exactly as PROTOCOL.md 5.3 says.</summary>
public sealed class IsuladDialectTests : IAsyncLifetime
{
    private IsuladNode _node = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _node = await IsuladNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Case50_TextFrameThatIsNoUtf8_ArrivesAsItsBytes()
    {
        var container = _node.Run();
        await using var attachment = await AttachAsync(container);
        await container.WriteAsync(StdioChannel.Stdout, new byte[] { 0xFF, 0xC0, 0x80, 0xFE });
        Assert.Equal((StdioStream.Stdout, "FFC080FE"), await ReadAsync(attachment));
    }

    [Fact]
    public async Task Case50_AbruptCloseWithoutStatus_IsTheEndBehindAllOutput()
    {
        var container = _node.Run();
        await using var attachment = await AttachAsync(container);
        var output = Encoding.ASCII.GetBytes(new string('x', 300_000));
        await container.WriteAsync(StdioChannel.Stdout, output);
        await container.WriteAsync(StdioChannel.Stderr, "last"u8.ToArray());
        container.Exit();
        var (stdout, stderr) = await ReadToEndAsync(attachment);
        Assert.Equal(output, stdout);
        Assert.Equal("last"u8.ToArray(), stderr);
        Assert.Equal("the server has closed the connection", attachment.End);
    }

    [Fact]
    public async Task Case50_NothingIsReadBeforePid1Writes()
    {
        var container = _node.Run();
        await using var attachment = await AttachAsync(container);
        var reading = ReadAsync(attachment);
        await attachment.WriteAsync("typed\n"u8.ToArray(), Token);
        Assert.Equal("typed\n", Encoding.ASCII.GetString((await container.Input.ReadAtLeastAsync(6, Token)).Buffer));
        Assert.False(reading.IsCompleted);
        await container.WriteAsync(StdioChannel.Stderr, "a"u8.ToArray());
        Assert.Equal((StdioStream.Stderr, "61"), await reading);
    }

    [Fact]
    public async Task Echo_OfAMegabyte_IsWholeWhileBothDirectionsAreBusy()
    {
        var container = _node.Run(echoes: true);
        await using var attachment = await AttachAsync(container);
        var input = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 150_000).Select(number => $"{number:x6}\n")));
        var writing = attachment.WriteAsync(input, Token).AsTask();
        var echo = new ArrayBufferWriter<byte>();
        var buffer = new byte[10_000];
        while (echo.WrittenCount < input.Length)
        {
            var read = await attachment.ReadAsync(buffer, Token).AsTask().WaitAsync(IsuladNode.Patience, Token);
            Assert.NotEqual(0, read.Count);
            echo.Write(buffer.AsSpan(0, read.Count));
        }

        await writing;
        Assert.Equal(input, echo.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task Resize_IsToldInOrder()
    {
        var container = _node.Run(echoes: true);
        await using var attachment = await AttachAsync(container);
        await attachment.ResizeAsync(new TerminalSize { Width = 81, Height = 25 }, Token);
        await attachment.ResizeAsync(new TerminalSize { Width = 80, Height = 24 }, Token);
        await attachment.WriteAsync("x"u8.ToArray(), Token);
        Assert.Equal((StdioStream.Stdout, "78"), await ReadAsync(attachment));
        Assert.Equal([(81, 25), (80, 24)], container.Sizes);
    }

    [Fact]
    public async Task Dispose_DetachesAndPid1RunsOn()
    {
        var container = _node.Run(echoes: true);
        await using var stays = await AttachAsync(container);
        await (await AttachAsync(container)).DisposeAsync();
        await Until.TrueAsync(() => container.Attached == 1, IsuladNode.Patience, "one is left", Token);
        await stays.WriteAsync("x"u8.ToArray(), Token);
        Assert.Equal((StdioStream.Stdout, "78"), await ReadAsync(stays));
    }

    [Fact]
    public async Task Cut_EndsReadingAndWriting()
    {
        var container = _node.Run();
        await using var attachment = await AttachAsync(container);
        await _node.CutAsync();
        Assert.Equal(0, (await attachment.ReadAsync(new byte[8], Token).AsTask().WaitAsync(IsuladNode.Patience, Token)).Count);
        Assert.NotEqual("", attachment.End);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            // The first bytes may still go into the socket of a peer that is gone.
            while (true)
            {
                await attachment.WriteAsync(new byte[4096], Token);
            }
        });
    }

    [Fact]
    public async Task NoStdin_WritingIsRefusedAndPid1sInputStaysOpen()
    {
        var container = _node.Run();
        await using var watcher = await _node.AttachAsync(container, stdin: false);
        await using var typist = await AttachAsync(container);
        await Assert.ThrowsAsync<IOException>(() => watcher.WriteAsync("x"u8.ToArray(), Token).AsTask());
        await typist.WriteAsync("y"u8.ToArray(), Token);
        Assert.Equal("y", Encoding.ASCII.GetString((await container.Input.ReadAsync(Token)).Buffer));
    }

    [Fact]
    public async Task EndInput_IsSaidToBeImpossible()
    {
        await using var attachment = await AttachAsync(_node.Run());
        await Assert.ThrowsAsync<NotSupportedException>(() => attachment.EndInputAsync(Token).AsTask());
    }

    [Fact]
    public async Task EndedContainer_TheFailureComesAsOutput()
    {
        var container = _node.Run();
        container.Exit(3);
        await using var attachment = await _node.AttachAsync(container);
        Assert.Equal("attach failed: Container is not running", Encoding.ASCII.GetString((await ReadToEndAsync(attachment)).Stdout));
    }

    [Fact]
    public async Task TokenUsedTwice_IsCutOffWithoutAnAnswer()
    {
        var url = await _node.UrlAsync(_node.Run());
        await using var first = await _node.Dialect.OpenAsync(url, default, Token);
        var fault = await Assert.ThrowsAsync<IOException>(() => _node.Dialect.OpenAsync(url, default, Token));
        Assert.DoesNotContain(url.Segments[^1], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherProtocol_TheUpgradeFails()
    {
        var url = await _node.UrlAsync(_node.Run());
        await Assert.ThrowsAsync<IOException>(() => new WebSocketDialer(TimeProvider.System).DialAsync(url, [StreamProtocol.V5], new ChannelOptions(), Token));
    }

    [Theory]
    [InlineData("ws://192.0.2.1:10350/cri/attach/t")]
    [InlineData("ws://[::1]:10350/cri/attach/t")]
    [InlineData("wss://localhost:10350/cri/attach/t")]
    [InlineData("ws://localhost.example:10350/cri/attach/t")]
    public async Task UrlThatLeavesLoopback_IsNotDialled(string url)
    {
        var fault = await Assert.ThrowsAsync<IOException>(() => _node.Dialect.OpenAsync(new Uri(url), default, Token));
        Assert.Contains("ws://localhost", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("attach/t", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws://localhost:10350/cri/attach/t", true)]
    [InlineData("http://127.0.0.1:34567/attach/t", false)]
    public void Auto_ChoosesByTheScheme(string url, bool speaks) => Assert.Equal(speaks, _node.Dialect.Speaks(new Uri(url)));

    [Fact]
    public async Task Cri_AnswersAsIsuladDoes()
    {
        var container = _node.Run();
        Assert.Equal("iSulad", (await _node.Runtime.VersionAsync(new VersionRequest(), cancellationToken: Token)).RuntimeName);
        Assert.Equal(container.Id, Assert.Single((await _node.Runtime.ListContainersAsync(new ListContainersRequest(), cancellationToken: Token)).Containers).Id);
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await _node.Runtime.AttachAsync(new AttachRequest { ContainerId = "no", Stdout = true }, cancellationToken: Token));
        Assert.Equal(StatusCode.NotFound, fault.StatusCode);
        Assert.Matches("^ws://localhost:[0-9]+/cri/attach/[A-Za-z0-9]{64}$", (await _node.UrlAsync(container)).OriginalString);
    }

    private async Task<IUpstreamAttachment> AttachAsync(FakeIsuladContainer container)
    {
        var before = container.Attached;
        var attachment = await _node.AttachAsync(container);

        // The upgrade is answered before iSulad has attached.
        await Until.TrueAsync(() => container.Attached > before, IsuladNode.Patience, "it is attached", Token);
        return attachment;
    }

    private static async Task<(StdioStream Stream, string Bytes)> ReadAsync(IUpstreamAttachment attachment)
    {
        var buffer = new byte[1024];
        var read = await attachment.ReadAsync(buffer, Token).AsTask().WaitAsync(IsuladNode.Patience, Token);
        return (read.Stream, Convert.ToHexString(buffer, 0, read.Count));
    }

    private static async Task<(byte[] Stdout, byte[] Stderr)> ReadToEndAsync(IUpstreamAttachment attachment)
    {
        var (stdout, stderr) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        var buffer = new byte[1000];
        while (await attachment.ReadAsync(buffer, Token).AsTask().WaitAsync(IsuladNode.Patience, Token) is { Count: > 0 } read)
        {
            (read.Stream == StdioStream.Stdout ? stdout : stderr).Write(buffer.AsSpan(0, read.Count));
        }

        return (stdout.WrittenSpan.ToArray(), stderr.WrittenSpan.ToArray());
    }
}
