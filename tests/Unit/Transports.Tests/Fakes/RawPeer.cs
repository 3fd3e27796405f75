using System.Buffers;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Transports.Tests.Fakes;

/// <summary>A connection under test, and its peer, which is a test that writes and reads bytes.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PipeStream _wire;
    private readonly SpdyFrameWriter _frames = new();

    public RawPeer(SpdyRole role, SpdyOptions? options = null, int capacity = 1 << 20)
    {
        (_wire, var other) = PipeStream.Pair(capacity);
        Connection = new SpdyConnection(other, role, options ?? new SpdyOptions(), Time);
        Connection.Start();
    }

    public FakeTimeProvider Time { get; } = new();

    public SpdyConnection Connection { get; }

    public async Task SendAsync(params byte[] bytes) => await _wire.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    public Task SendAsync(string hex) => SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    public Task SendAsync(Action<SpdyFrameWriter, IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(_frames, output);
        return SendAsync(output.WrittenSpan.ToArray());
    }

    public Task DataAsync(uint id, ReadOnlySpan<byte> data, bool fin = false)
    {
        var output = new ArrayBufferWriter<byte>();
        SpdyFrameWriter.DataHeader(output, id, fin ? SpdyFlags.Fin : SpdyFlags.None, data.Length);
        output.Write(data);
        return SendAsync(output.WrittenSpan.ToArray());
    }

    public async Task<SpdyStream> OpenAsync(uint id, string type = "stdin")
    {
        await SendAsync((frames, output) => frames.SynStream(output, id, SpdyFlags.None, new(new KeyValuePair<string, string>("streamtype", type))));
        var stream = await Connection.Incoming.ReadAsync().AsTask().WaitAsync(Patience);
        var reply = await TakeFrameAsync();
        Assert.Equal((SpdyFrameType.SynReply, id), (reply.Type, reply.StreamId));
        return stream;
    }

    public async Task<byte[]> TakeAsync(int count)
    {
        var bytes = new byte[count];
        await _wire.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }

    public async Task TakeAsync(string hex)
    {
        var expected = hex.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(expected, Convert.ToHexString(await TakeAsync(expected.Length / 2)), ignoreCase: true);
    }

    /// <summary>Takes the next frame, whole.</summary>
    public async Task<SpdyPiece> TakeFrameAsync()
    {
        var head = await TakeAsync(8);
        var body = await TakeAsync((head[5] << 16) | (head[6] << 8) | head[7]);
        ReadOnlyMemory<byte> frame = (byte[])[.. head, .. body];
        Assert.True(new SpdyFrameReader(SpdyLimits.Default).TryRead(ref frame, out var piece));
        return piece;
    }

    /// <summary>Nothing but what was taken has been sent.</summary>
    public async Task SilentAsync()
    {
        await SendAsync((_, output) => SpdyFrameWriter.Ping(output, 0x7FFF_FFFF));
        await TakeAsync("80030006 00000004 7FFFFFFF");
    }

    public async Task<SpdyEnd> EndAsync() => await Connection.Completion.WaitAsync(Patience);

    /// <summary>Closes the peer's side.</summary>
    public ValueTask HangUpAsync() => _wire.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
