using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Transports.Spdy;
using CriAttach.Wire;
using CriAttach.Wire.Channels;

namespace CriAttach.Silo.Runtimes.CriUpstream.Spdy;

/// <summary>An attachment over SPDY. What is not read fills the connection's buffers, then the runtime's.</summary>
internal sealed class SpdyAttachment : IUpstreamAttachment
{
    private const int MaxStatus = 4 * 1024;
    private static readonly TimeSpan StatusPatience = TimeSpan.FromSeconds(1);

    private readonly SpdyConnection _connection;
    private readonly SpdyStream? _stdin;
    private readonly SpdyStream? _stdout;
    private readonly SpdyStream? _stderr;
    private readonly SpdyStream? _resize;
    private readonly Task<string> _status;
    private Task<ReadResult>? _stdoutRead;
    private Task<ReadResult>? _stderrRead;
    private bool _stdoutEnded;
    private bool _stderrEnded;

    /// <summary>Takes over an opened connection.</summary>
    public SpdyAttachment(SpdyConnection connection, SpdyStream error, SpdyStream? stdin, SpdyStream? stdout, SpdyStream? stderr, SpdyStream? resize)
    {
        (_connection, _stdin, _stdout, _stderr, _resize) = (connection, stdin, stdout, stderr, resize);
        _stdoutEnded = stdout is null;
        _stderrEnded = stderr is null;

        // Nothing comes there, but the connection waits for whoever does not read.
        stdin?.DiscardInput();
        resize?.DiscardInput();
        _status = ReadStatusAsync(error.Input);
    }

    /// <inheritdoc/>
    public string End { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask<UpstreamRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_stdoutEnded || !_stderrEnded)
        {
            _stdoutRead = _stdoutEnded ? null : _stdoutRead ?? _stdout!.Input.ReadAsync(CancellationToken.None).AsTask();
            _stderrRead = _stderrEnded ? null : _stderrRead ?? _stderr!.Input.ReadAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(_stdoutRead ?? _stderrRead!, _stderrRead ?? _stdoutRead!).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (_stdoutRead is { IsCompleted: true } && Take(_stdout!.Input, await _stdoutRead.ConfigureAwait(false), buffer, ref _stdoutRead, ref _stdoutEnded) is > 0 and var stdout)
            {
                return new UpstreamRead(StdioStream.Stdout, stdout);
            }

            if (_stderrRead is { IsCompleted: true } && Take(_stderr!.Input, await _stderrRead.ConfigureAwait(false), buffer, ref _stderrRead, ref _stderrEnded) is > 0 and var stderr)
            {
                return new UpstreamRead(StdioStream.Stderr, stderr);
            }
        }

        await EndAsync().ConfigureAwait(false);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        _stdin is null
            ? throw new IOException("the container was attached to without its standard input")
            : new ValueTask(_stdin.WriteAsync(data).AsTask().WaitAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask EndInputAsync(CancellationToken cancellationToken) =>
        _stdin is null ? ValueTask.CompletedTask : new ValueTask(_stdin.FinishAsync().AsTask().WaitAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        if (_resize is null)
        {
            return ValueTask.CompletedTask;
        }

        var text = new byte[ResizeWriter.MaxLength];
        var length = ResizeWriter.Write(text, new WindowSize(size.Width, size.Height));
        return new ValueTask(_resize.WriteAsync(text.AsMemory(0, length)).AsTask().WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static int Take(PipeReader input, ReadResult result, Memory<byte> buffer, ref Task<ReadResult>? read, ref bool ended)
    {
        var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
        taken.CopyTo(buffer.Span);
        ended = result.IsCompleted && taken.Length == result.Buffer.Length;
        input.AdvanceTo(taken.End);
        read = null;
        return (int)taken.Length;
    }

    private static async Task<string> ReadStatusAsync(PipeReader input)
    {
        while (true)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            if (result.IsCompleted || result.Buffer.Length >= MaxStatus)
            {
                var text = Encoding.UTF8.GetString(result.Buffer.Slice(0, Math.Min(result.Buffer.Length, MaxStatus)));
                await input.CompleteAsync().ConfigureAwait(false);
                return text;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The status says more than the end of the streams does, where it comes.</summary>
    private async Task EndAsync()
    {
        try
        {
            End = await _status.WaitAsync(StatusPatience, TimeProvider.System).ConfigureAwait(false) is { Length: > 0 } status
                ? status
                : (_stdout ?? _stderr)?.End == SpdyStreamEnd.Finished ? "the runtime has ended the streams" : "the connection broke";
        }
        catch (TimeoutException)
        {
            End = "the runtime has ended the streams without a status";
        }
    }
}
