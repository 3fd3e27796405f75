using System.Buffers;
using System.IO.Pipelines;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <summary>A session over SPDY/3.1, a stream for each of stdin, stdout, stderr, status and resize.</summary>
internal sealed partial class SpdyTransport : ISessionTransport
{
    private static readonly TimeSpan CreationTimeout = TimeSpan.FromSeconds(30);

    private readonly SpdyConnection _connection;
    private readonly StreamProtocol _protocol;
    private readonly Action _abort;
    private readonly TimeProvider _time;
    private readonly AttachStreamSet _streams = new();
    private readonly List<SpdyChunk> _chunks = [];

    /// <summary>Makes the transport of an upgraded connection.</summary>
    /// <param name="input">What the client sends. A read of no bytes must wait until there are some.</param>
    /// <param name="output">What goes to the client.</param>
    /// <param name="protocol">The negotiated protocol.</param>
    /// <param name="abort">Cuts the connection.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closed">Fires when the connection is known to be gone.</param>
    public SpdyTransport(
        Stream input, PipeWriter output, StreamProtocol protocol, Action abort, TimeProvider time, CancellationToken closed)
    {
        // Pings are a sign of life too, and the kubelet's only one while nothing is said.
        var options = new SpdyOptions { MaxStreams = 16, OnReceived = () => _sink?.Touch() };
        (_connection, _protocol, _abort, _time) = (new(input, output, SpdyRole.Server, options, time), protocol, abort, time);
        _room = new InputRoom(() => _connection.IsBroken || _connection.Completion.IsCompleted, time, closed);
    }

    private bool IsV1 => _protocol == StreamProtocol.Channel;

    /// <inheritdoc/>
    public async ValueTask<ClientEnd?> StartAsync(AttachStreams streams)
    {
        _wanted = streams;
        _connection.Start();
        _accepting = AcceptAsync();
        try
        {
            if (!await _complete.Task.WaitAsync(CreationTimeout, _time))
            {
                return EndOf(await _connection.Completion);
            }
        }
        catch (TimeoutException)
        {
            return ClientEnd.Fault;
        }

        if (IsV1)
        {
            // Its clients wait for stdout and stderr alone.
            await _streams.Error!.ResetAsync(SpdyStatus.Cancel);
            await (_streams.Stdin?.FinishAsync() ?? ValueTask.CompletedTask);
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<OutputFrame> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            if ((frames[i].Stream == StdioStream.Stderr ? _streams.Stderr : _streams.Stdout) is { } stream)
            {
                _chunks.Add(new SpdyChunk(stream, frames[i].Data));
            }
        }

        try
        {
            await _connection.WriteAsync(_chunks);
        }
        finally
        {
            _chunks.Clear();
        }
    }

    /// <inheritdoc/>
    public async Task FinishAsync(SessionStatus? status)
    {
        if (status is null)
        {
            await GoAwayAsync();
            return;
        }

        // No more input; then everything has an end, and the client closes.
        await ResetAsync([_streams.Stdin, _streams.Resize]);
        var text = new ArrayBufferWriter<byte>();
        StatusCodec.Write(text, _protocol, status);
        List<SpdyChunk> last = [];
        AddLast(last, _streams.Error, text.WrittenMemory);
        AddLast(last, _streams.Stdout, default);
        AddLast(last, _streams.Stderr, default);
        await _connection.WriteAsync(last);
    }

    /// <inheritdoc/>
    public Task DrainAsync(CancellationToken cancellationToken) => _connection.DrainAsync(cancellationToken);

    /// <inheritdoc/>
    public void Abort() => _abort();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // The client has closed, or is cut off: for one that waits for us to go.
            await _connection.GoAwayAsync(SpdyGoAwayStatus.Ok);
        }
        catch (IOException)
        {
            // It did not wait.
        }

        await _connection.DisposeAsync();
    }

    private static void AddLast(List<SpdyChunk> last, SpdyStream? stream, ReadOnlyMemory<byte> data)
    {
        if (stream is not null)
        {
            last.Add(new SpdyChunk(stream, data, Fin: true));
        }
    }

    private static async Task ResetAsync(IEnumerable<SpdyStream?> streams)
    {
        foreach (var stream in streams)
        {
            await (stream?.ResetAsync(SpdyStatus.Cancel) ?? Task.CompletedTask);
        }
    }

    // A client that has left needs no farewell; one that broke the rules, or never opened its streams, gets a clear one.
    private async Task GoAwayAsync()
    {
        if (!_connection.Completion.IsCompleted || (await _connection.Completion).Cause == SpdyEndCause.Fault)
        {
            await ResetAsync(_streams.All);
            await _connection.GoAwayAsync(SpdyGoAwayStatus.ProtocolError);
        }
    }
}
