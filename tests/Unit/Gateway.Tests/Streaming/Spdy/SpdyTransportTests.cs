using System.Buffers;
using System.IO.Pipelines;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Spdy;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Spdy;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Streaming.Spdy;

public sealed class SpdyTransportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly AttachStreams All = new() { Stdin = true, Stdout = true, Stderr = true, Tty = false };

    private readonly Pipe _fromClient = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toClient = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingInput _input = new();
    private readonly SpdyFrameWriter _frames = new();

    [Fact]
    public async Task Start_WaitsForTheErrorStreamAndThoseAskedFor()
    {
        var transport = Make(StreamProtocol.V4);
        var starting = transport.StartAsync(All).AsTask();
        await OpenAsync("error", "stdin", "stdout", "resize", "foo");
        Assert.False(starting.IsCompleted);
        await TakeAsync("80030003 00000008 00000009 00000003");
        await OpenAsync(11, "stderr");
        Assert.Null(await starting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Start_StreamsMissingFor30Seconds_FaultThenResetAndGoAway()
    {
        var transport = Make(StreamProtocol.V4);
        var starting = transport.StartAsync(All).AsTask();
        await OpenAsync("error");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ClientEnd.Fault, await starting.WaitAsync(Patience));
        await transport.FinishAsync(status: null);
        await TakeAsync("80030003 00000008 00000001 00000005 80030007 00000008 00000001 00000001");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_ClientLeaves_SaysHow(bool says)
    {
        var expected = says ? ClientEnd.Closed : ClientEnd.Gone;
        var transport = Make(StreamProtocol.V4);
        var starting = transport.StartAsync(All).AsTask();
        await OpenAsync("error");
        await LeaveAsync(says);
        Assert.Equal(expected, await starting.WaitAsync(Patience));
        Assert.Equal(expected, await transport.ReceiveAsync(_input).WaitAsync(Patience));
    }

    [Fact]
    public async Task Write_NeighboursOfOneStreamInOneFrameAndResetStreamsLeftOut()
    {
        var transport = await StartedAsync(StreamProtocol.V4);
        OutputFrame[] frames =
        [
            new(StdioStream.Stdout, "ab"u8.ToArray()), new(StdioStream.Stdout, "c"u8.ToArray()), new(StdioStream.Stderr, "d"u8.ToArray()),
        ];
        await transport.WriteAsync(frames);
        await TakeAsync("00000005 00000003 616263 00000007 00000001 64");
        await SendAsync((_, output) => SpdyFrameWriter.RstStream(output, 5, SpdyStatus.Cancel));
        await SendAsync((_, output) => SpdyFrameWriter.Ping(output, 1));
        await TakeAsync("80030006 00000004 00000001");
        await transport.WriteAsync(frames);
        await TakeAsync("00000007 00000001 64");
    }

    [Fact]
    public async Task Finish_ResetsInputThenStatusAndFins_GoAwayWhenTheClientHasLeft()
    {
        var transport = await StartedAsync(StreamProtocol.V4);
        var receiving = transport.ReceiveAsync(_input);
        await transport.FinishAsync(SessionStatus.Success);
        var status = "{\"metadata\":{},\"status\":\"Success\"}"u8.ToArray();
        await TakeAsync(
            $"80030003 00000008 00000003 00000005 00000001 010000{status.Length:x2} {Convert.ToHexString(status)} 00000005 01000000 00000007 01000000");
        await LeaveAsync(says: true);
        Assert.Equal(ClientEnd.Closed, await receiving.WaitAsync(Patience));
        await transport.DisposeAsync();
        await TakeAsync("80030007 00000008 00000007 00000000");
    }

    [Fact]
    public async Task V1_ErrorStreamIsResetAndStdinFinished_FailureIsToldByTheEndAlone()
    {
        var transport = await StartedAsync(StreamProtocol.Channel);
        await TakeAsync("80030003 00000008 00000001 00000005 00000003 01000000");
        await transport.FinishAsync(SessionStatus.InternalError("x"));
        await TakeAsync("80030003 00000008 00000003 00000005 00000005 01000000 00000007 01000000");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Stdin_InAnyPieces_ArrivesWhole(int step)
    {
        var transport = await StartedAsync(StreamProtocol.V4);
        var receiving = transport.ReceiveAsync(_input);
        var data = new byte[3000];
        new Random(step).NextBytes(data);
        var wire = new ArrayBufferWriter<byte>();
        SpdyFrameWriter.DataHeader(wire, 3, SpdyFlags.None, data.Length);
        wire.Write(data);
        SpdyFrameWriter.DataHeader(wire, 3, SpdyFlags.Fin, 0);
        SpdyFrameWriter.Ping(wire, 1);
        foreach (var piece in wire.WrittenSpan.ToArray().Chunk(step))
        {
            await _fromClient.Writer.WriteAsync(piece);
        }

        await TakeAsync("80030006 00000004 00000001");
        await LeaveAsync(says: false);
        Assert.Equal(ClientEnd.Gone, await receiving.WaitAsync(Patience));
        Assert.Equal(data, _input.Bytes.ToArray());
        Assert.True(_input.Ended && _input.Touches > 0);
    }

    [Fact]
    public async Task InputFullAndClientGone_EndsWhenNothingMovesAnyMore()
    {
        using var closed = new CancellationTokenSource();
        _input.Room = new TaskCompletionSource();
        var transport = await StartedAsync(StreamProtocol.V4, closed.Token);
        var receiving = transport.ReceiveAsync(_input);
        await SendAsync((_, output) =>
        {
            SpdyFrameWriter.DataHeader(output, 3, SpdyFlags.None, 300_000);
            output.Write(new byte[300_000]);
        });
        await _input.Received.WaitAsync(Patience);
        await closed.CancelAsync();
        while (!receiving.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(ClientEnd.Gone, await receiving);
    }

    private SpdyTransport Make(StreamProtocol protocol, CancellationToken closed = default) =>
        new(new ZeroReadStream(_fromClient.Reader), _toClient.Writer, protocol, () => { }, _time, closed);

    private async Task<SpdyTransport> StartedAsync(StreamProtocol protocol, CancellationToken closed = default)
    {
        var transport = Make(protocol, closed);
        var starting = transport.StartAsync(All).AsTask();
        await OpenAsync("error", "stdin", "stdout", "stderr");
        Assert.Null(await starting.WaitAsync(Patience, CancellationToken.None));
        return transport;
    }

    private async Task OpenAsync(params string[] types)
    {
        for (var i = 0; i < types.Length; i++)
        {
            await OpenAsync((uint)(1 + (2 * i)), types[i]);
        }
    }

    private async Task OpenAsync(uint id, string type)
    {
        await SendAsync((frames, output) => frames.SynStream(output, id, SpdyFlags.None, new SpdyHeaders(new KeyValuePair<string, string>("streamType", type))));
        await TakeAsync(id == 1 ? "80030002 00000018 00000001 78bbe3c6a7c2 000400fbff00000000 000000ffff" : $"80030002 00000012 {id:x8} 000400fbff00000000 000000ffff");
    }

    private async Task LeaveAsync(bool says)
    {
        if (says)
        {
            await SendAsync((_, output) => SpdyFrameWriter.GoAway(output, 0, SpdyGoAwayStatus.Ok));
        }
        else
        {
            await _fromClient.Writer.CompleteAsync();
        }
    }

    private async Task SendAsync(Action<SpdyFrameWriter, IBufferWriter<byte>> write)
    {
        write(_frames, _fromClient.Writer);
        await _fromClient.Writer.FlushAsync();
    }

    private async Task TakeAsync(string hex)
    {
        var expected = hex.Replace(" ", "", StringComparison.Ordinal);
        var count = expected.Length / 2;
        var result = await _toClient.Reader.ReadAtLeastAsync(count).AsTask().WaitAsync(Patience);
        var bytes = result.Buffer.Slice(0, count).ToArray();
        _toClient.Reader.AdvanceTo(result.Buffer.GetPosition(count));
        Assert.Equal(expected, Convert.ToHexString(bytes), ignoreCase: true);
    }
}
