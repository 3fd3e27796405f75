using System.IO.Pipelines;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Spdy;

/// <summary>
/// A connection that speaks SPDY/3.1 as Kubernetes does: streams, half closes, resets, pings, GOAWAY, and no flow control. Every stream is
/// accepted as it comes, before any data. Reading and writing do not wait for each other.
/// </summary>
public sealed partial class SpdyConnection : IAsyncDisposable
{
    private readonly Stream _input;
    private readonly Stream? _owned;
    private readonly SpdyOutput _output;
    private readonly SpdyRole _role;
    private readonly SpdyOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, SpdyStream> _streams = [];
    private readonly TaskCompletionSource<SpdyEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _pings;
    private uint _lastAccepted;
    private uint _nextStream = 1;
    private uint _nextPing = 1;
    private bool _pingUnderWay;
    private bool _started;
    private bool _ended;

    /// <summary>Makes a connection that owns its transport.</summary>
    /// <param name="transport">The upgraded connection; disposed with this.</param>
    /// <param name="role">Which end this is.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock.</param>
    public SpdyConnection(Stream transport, SpdyRole role, SpdyOptions options, TimeProvider time)
        : this(transport, PipeWriter.Create(transport, new StreamPipeWriterOptions(leaveOpen: true)), role, options, time) => _owned = transport;

    /// <summary>Makes a connection over halves that belong to somebody else.</summary>
    /// <param name="input">What the peer sends. A read of no bytes should wait until there are some: idle, no buffer is held.</param>
    /// <param name="output">What goes to the peer.</param>
    /// <param name="role">Which end this is.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">The clock.</param>
    public SpdyConnection(Stream input, PipeWriter output, SpdyRole role, SpdyOptions options, TimeProvider time)
    {
        (_input, _output, _role, _options, _time) = (input, new SpdyOutput(output), role, options, time);
        _incoming = NewIncoming(options);
        _frames = new SpdyFrameReader(options.Limits);
        _headers = new SpdyHeaderReader(options.Limits);
    }

    /// <summary>Completes when nothing more is read, with the reason; the streams' inputs are complete by then.</summary>
    public Task<SpdyEnd> Completion => _completion.Task;

    /// <summary>Whether writing has failed.</summary>
    public bool IsBroken => _output.IsBroken;

    /// <summary>Begins to read, and to ping where the options say so.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, true))
        {
            throw new InvalidOperationException("The connection was started before.");
        }

        if (_role == SpdyRole.Client && _options.PingInterval is { } interval)
        {
            _pings = _time.CreateTimer(static self => ((SpdyConnection)self!).Ping(), this, interval, interval);
        }

        _ = RunAsync();
    }

    /// <summary>Opens a stream and waits until the peer has accepted it.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="cancellationToken">Ends the wait; the stream is then reset.</param>
    /// <exception cref="SpdyStreamClosedException">The peer refused it.</exception>
    /// <exception cref="TimeoutException">The peer did not answer in time.</exception>
    /// <exception cref="IOException">The connection is gone, or has as many streams as it may.</exception>
    public async Task<SpdyStream> OpenAsync(SpdyHeaders headers, CancellationToken cancellationToken = default)
    {
        var (stream, room) = PutSynStream(headers);
        _output.Kick();
        try
        {
            await Task.WhenAll(room, stream.Replied).WaitAsync(_options.OpenTimeout, _time, cancellationToken);
            return stream;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            // Not awaited: a peer that does not answer may not read either.
            _ = stream.ResetAsync(SpdyStatus.Cancel);
            throw;
        }
    }

    /// <summary>
    /// Sends bytes of any streams; neighbours of one stream share frames. What is for a stream that takes no more is thrown away, so that one
    /// stream's end does not end what is sent to the others.
    /// </summary>
    /// <param name="chunks">The bytes; the caller's again when this is done.</param>
    /// <returns>Completes when the connection can take more.</returns>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask WriteAsync(IReadOnlyList<SpdyChunk> chunks)
    {
        await _output.WriteAsync(chunks);
        for (var i = 0; i < chunks.Count; i++)
        {
            if (chunks[i].Fin)
            {
                ForgetIfOver(chunks[i].Stream);
            }
        }
    }

    /// <summary>Says goodbye; nothing goes out behind it. The peer stops reading there.</summary>
    /// <param name="status">Why.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    public Task GoAwayAsync(SpdyGoAwayStatus status)
    {
        uint lastGood;
        lock (_gate)
        {
            lastGood = _lastAccepted;
        }

        return _output.GoAwayAsync(lastGood, status);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_pings is not null)
        {
            await _pings.DisposeAsync();
        }

        // An owned transport goes first: it frees whoever is writing.
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }

        await _output.DisposeAsync();
        if (_owned is not null && _started)
        {
            await Completion;
        }
    }

    internal async Task SendResetAsync(SpdyStream stream, SpdyStatus status)
    {
        ForgetIfOver(stream);
        await SendAsync(_output.Put((_, output) => SpdyFrameWriter.RstStream(output, stream.Id, status)));
    }

    private (SpdyStream Stream, Task Room) PutSynStream(SpdyHeaders headers)
    {
        if (_role != SpdyRole.Client)
        {
            throw new InvalidOperationException("Only the client opens streams.");
        }

        // Ids must rise on the wire, so number and frame are one step.
        lock (_gate)
        {
            if (_ended || _streams.Count >= _options.MaxStreams || _nextStream > int.MaxValue)
            {
                throw new IOException(_ended ? "the connection has ended" : "the connection has as many streams as it may");
            }

            var stream = new SpdyStream(this, _nextStream, headers, _options.InputBuffer);
            var room = _output.Put((frames, output) => frames.SynStream(output, stream.Id, SpdyFlags.None, headers));
            _nextStream += 2;
            _streams.Add(stream.Id, stream);
            return (stream, room);
        }
    }

    private Task SendAsync(Task room)
    {
        _output.Kick();
        return room;
    }

    private void Ping()
    {
        lock (_gate)
        {
            // The next one goes out when the last one has come back, as Kubernetes' clients do.
            if (_pingUnderWay || _ended)
            {
                return;
            }

            _pingUnderWay = true;
            var id = _nextPing;
            _nextPing = _nextPing >= int.MaxValue ? 1 : _nextPing + 2;
            _ = _output.Put((_, output) => SpdyFrameWriter.Ping(output, id));
        }

        _output.Kick();
    }

    private void ForgetIfOver(SpdyStream stream)
    {
        if (stream.IsOver)
        {
            lock (_gate)
            {
                _streams.Remove(stream.Id);
            }
        }
    }
}
