using System.IO.Pipelines;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.WebSocket;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Streaming.WebSocket;

public sealed class WebSocketTransportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Pipe _fromClient = new();
    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048));
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingInput _input = new();

    [Fact]
    public async Task Start_NamesTheLowestChannel()
    {
        await Make(StreamProtocol.V4).StartAsync(Streams(stdout: false, stderr: true));
        Assert.Equal([0x82, 1, 2], await TakeAsync(3));
    }

    [Fact]
    public async Task Write_NeighboursOfOneStreamInOneFrame()
    {
        await Make(StreamProtocol.V4).WriteAsync(
        [
            new OutputFrame(StdioStream.Stdout, "ab"u8.ToArray()),
            new OutputFrame(StdioStream.Stdout, "c"u8.ToArray()),
            new OutputFrame(StdioStream.Stderr, "d"u8.ToArray()),
        ]);
        Assert.Equal([0x82, 4, 1, (byte)'a', (byte)'b', (byte)'c', 0x82, 2, 2, (byte)'d'], await TakeAsync(10));
    }

    [Fact]
    public async Task Write_Base64_OneTextFramePerPiece()
    {
        await Make(StreamProtocol.V4Base64).WriteAsync([new OutputFrame(StdioStream.Stdout, "abc"u8.ToArray())]);
        Assert.Equal([0x81, 5, .. "1YWJj"u8], await TakeAsync(7));
    }

    [Fact]
    public async Task Ping_WhileAWriteIsStuck_PongRightBehindThatWrite()
    {
        var transport = Make(StreamProtocol.V4);
        var receiving = transport.ReceiveAsync(_input);
        var writing = transport.WriteAsync([new OutputFrame(StdioStream.Stdout, new byte[8000])]).AsTask();
        await SendAsync(WebSocketOpcode.Ping, "hello"u8);
        await SendAsync(WebSocketOpcode.Binary, "\0x"u8);
        await _input.Received.WaitAsync(Patience);
        Assert.False(writing.IsCompleted);
        await TakeAsync(8005);
        Assert.Equal([0x8A, 5, .. "hello"u8], await TakeAsync(7));
        await writing.WaitAsync(Patience);
        await _fromClient.Writer.CompleteAsync();
        Assert.Equal(ClientEnd.Gone, await receiving.WaitAsync(Patience));
    }

    [Fact]
    public async Task InputFull_UnaskedPongsKeepTheClientAlive()
    {
        _input.Room = new TaskCompletionSource();
        var receiving = Make(StreamProtocol.V4).ReceiveAsync(_input);
        await SendAsync(WebSocketOpcode.Binary, "\0x"u8);
        await _input.Received.WaitAsync(Patience);
        for (var i = 0; i < 3; i++)
        {
            await AdvanceUntilAsync(_toClient.Reader.ReadAtLeastAsync(2).AsTask());
            Assert.Equal([0x8A, 0], await TakeAsync(2));
        }

        _input.Room.SetResult();
        await SendAsync(WebSocketOpcode.Close, []);
        Assert.Equal(ClientEnd.Closed, await receiving.WaitAsync(Patience));
    }

    [Fact]
    public async Task InputFullAndClientGone_EndsWhenNothingMovesAnyMore()
    {
        using var closed = new CancellationTokenSource();
        _input.Room = new TaskCompletionSource();
        var receiving = Make(StreamProtocol.V4, closed.Token).ReceiveAsync(_input);
        await SendAsync(WebSocketOpcode.Binary, "\0x"u8);
        await _input.Received.WaitAsync(Patience);
        await closed.CancelAsync();
        while (!receiving.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(ClientEnd.Gone, await receiving);
    }

    [Fact]
    public async Task Finish_StatusThenClose1000AndNothingBehind()
    {
        var transport = Make(StreamProtocol.V4);
        await transport.FinishAsync(SessionStatus.Success);
        var status = "{\"metadata\":{},\"status\":\"Success\"}"u8.ToArray();
        Assert.Equal([0x82, (byte)(status.Length + 1), 3, .. status, 0x88, 2, 0x03, 0xE8], await TakeAsync(status.Length + 7));
        await transport.WriteAsync([new OutputFrame(StdioStream.Stdout, "late"u8.ToArray())]);
        Assert.False(_toClient.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Unmasked_FaultAndClose1002()
    {
        var transport = Make(StreamProtocol.V4);
        await _fromClient.Writer.WriteAsync(new byte[] { 0x82, 1, 0 });
        Assert.Equal(ClientEnd.Fault, await transport.ReceiveAsync(_input).WaitAsync(Patience));
        await transport.FinishAsync(status: null);
        Assert.Equal([0x03, 0xEA], (await TakeAsync(4))[2..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Stdin_InAnyPieces_ArrivesWhole(int step)
    {
        var receiving = Make(StreamProtocol.V5).ReceiveAsync(_input);
        var data = new byte[3000];
        new Random(step).NextBytes(data);
        var bytes = new List<byte>();
        bytes.AddRange(FrameOf(WebSocketOpcode.Binary, [0, .. data]));
        bytes.AddRange(FrameOf(WebSocketOpcode.Binary, [4, .. "{\"Width\":80,\"Height\":24}"u8]));
        bytes.AddRange(FrameOf(WebSocketOpcode.Binary, [255, 0]));
        foreach (var piece in bytes.Chunk(step))
        {
            await _fromClient.Writer.WriteAsync(piece);
        }

        await _fromClient.Writer.CompleteAsync();
        await receiving.WaitAsync(Patience);
        Assert.Equal(data, _input.Bytes.ToArray());
        Assert.Equal(80, Assert.Single(_input.Sizes).Width);
        Assert.True(_input.Ended);
    }

    private static AttachStreams Streams(bool stdout, bool stderr) => new() { Stdin = true, Stdout = stdout, Stderr = stderr, Tty = false };

    private static byte[] FrameOf(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        const uint key = 0x0102_0304;
        var frame = new byte[WebSocketFrameWriter.MaxHeaderLength + payload.Length];
        var header = WebSocketFrameWriter.WriteHeader(frame, opcode, payload.Length, maskKey: key);
        payload.CopyTo(frame.AsSpan(header));
        WebSocketFrameWriter.Mask(frame.AsSpan(header, payload.Length), key);
        return frame[..(header + payload.Length)];
    }

    private WebSocketTransport Make(StreamProtocol protocol, CancellationToken closed = default) =>
        new(new ZeroReadStream(_fromClient.Reader), _toClient.Writer, protocol, () => { }, _time, closed);

    private Task<FlushResult> SendAsync(WebSocketOpcode opcode, ReadOnlySpan<byte> payload) => _fromClient.Writer.WriteAsync(FrameOf(opcode, payload)).AsTask();

    private async Task<byte[]> TakeAsync(int count)
    {
        var result = await _toClient.Reader.ReadAtLeastAsync(count).AsTask().WaitAsync(Patience);
        var bytes = System.Buffers.BuffersExtensions.ToArray(result.Buffer.Slice(0, count));
        _toClient.Reader.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }

    /// <summary>Moves the clock until something has happened: the timer is armed by another thread.</summary>
    private async Task AdvanceUntilAsync(Task<ReadResult> happened)
    {
        while (!happened.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        _toClient.Reader.AdvanceTo((await happened).Buffer.Start);
    }
}
