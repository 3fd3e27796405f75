using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>
/// Two attachments to one container: one for standard error alone. When PID 1 ends, containerd lets go of a session's standard output as soon as its
/// standard error is at the end, whatever is still to come (it ends the session's input then, and the end of input detaches output): so each has a
/// session of its own.
/// </summary>
/// <param name="main">Input, standard output, and the terminal's size.</param>
/// <param name="errors">Standard error.</param>
internal sealed class SplitAttachment(IUpstreamAttachment main, IUpstreamAttachment errors) : IUpstreamAttachment
{
    private readonly Half _main = new(main);
    private readonly Half _errors = new(errors);

    /// <inheritdoc/>
    public string End => main.End;

    /// <inheritdoc/>
    public async ValueTask<UpstreamRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_main.HasEnded || !_errors.HasEnded)
        {
            var (one, other) = (_main.Next, _errors.Next);
            await Task.WhenAny(one ?? other!, other ?? one!).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (await _main.TakeAsync(buffer).ConfigureAwait(false) is { Count: > 0 } output)
            {
                return output;
            }

            if (await _errors.TakeAsync(buffer).ConfigureAwait(false) is { Count: > 0 } error)
            {
                return error;
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => main.WriteAsync(data, cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndInputAsync(CancellationToken cancellationToken) => main.EndInputAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken) => main.ResizeAsync(size, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await main.DisposeAsync().ConfigureAwait(false);
        await errors.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>One of the two, and the read that is under way there.</summary>
    private sealed class Half(IUpstreamAttachment attachment)
    {
        private readonly byte[] _buffer = new byte[32 * 1024];
        private Task<UpstreamRead>? _read;
        private UpstreamRead _rest;
        private int _at;

        public bool HasEnded { get; private set; }

        /// <summary>Gets the read; none at the end.</summary>
        public Task? Next => HasEnded ? null : _at < _rest.Count ? Task.CompletedTask : _read ??= attachment.ReadAsync(_buffer, CancellationToken.None).AsTask();

        /// <summary>Takes what has come, if anything has.</summary>
        public async ValueTask<UpstreamRead> TakeAsync(Memory<byte> buffer)
        {
            if (_at == _rest.Count)
            {
                if (_read is not { IsCompleted: true } read)
                {
                    return default;
                }

                (_rest, _at, _read) = (await read.ConfigureAwait(false), 0, null);
                HasEnded = _rest.Count == 0;
            }

            var count = Math.Min(buffer.Length, _rest.Count - _at);
            _buffer.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return new UpstreamRead(_rest.Stream, count);
        }
    }
}
