using System.Runtime.InteropServices;

namespace CriAttach.Cli.Terminal;

/// <summary>
/// One of the process's standard streams, as bytes and nothing else. <c>Console</c>'s streams edit lines and send
/// escape sequences of their own to a terminal, and a <see cref="FileStream"/> keeps an offset of its own in a file
/// that others append to as well.
/// </summary>
internal sealed class FileDescriptorStream(int fd, FileAccess access) : Stream
{
    /// <summary>Gets the descriptor.</summary>
    public int Descriptor => fd;

    /// <summary>Gets a value indicating whether it is a terminal.</summary>
    public bool IsTerminal { get; } = NativeMethods.IsTerminal(fd) == 1;

    /// <inheritdoc/>
    public override bool CanRead => access == FileAccess.Read;

    /// <inheritdoc/>
    public override bool CanWrite => access == FileAccess.Write;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = NativeMethods.Read(fd, buffer, buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            Recover(NativeMethods.PollIn);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Read(buffer.Span), cancellationToken).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = NativeMethods.Write(fd, buffer, buffer.Length);
            if (count < 0)
            {
                Recover(NativeMethods.PollOut);
                continue;
            }

            buffer = buffer[(int)count..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Recover(short events)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error == NativeMethods.Again)
        {
            var entry = new NativeMethods.PollEntry { Fd = fd, Events = events };
            _ = NativeMethods.Poll(ref entry, 1, -1);
        }
        else if (error != NativeMethods.Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
