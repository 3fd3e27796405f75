using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// Orders to one conmon, such that none is lost: one that reads two at once carries the first one out twice and the second never (2.1.6).
/// A size is given again when the others must have been read; opening the log anew twice would be a loss, so that waits for its turn.
/// </summary>
internal sealed class ConmonControl(string path, TimeProvider clock)
{
    private static readonly TimeSpan Settles = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private long _resizes;

    /// <summary>Sets the size of the terminal.</summary>
    /// <param name="size">The size.</param>
    /// <returns>Completes when the size has been given again, unless another one has come: kubectl sends two in a row. One that is set already disturbs nobody.</returns>
    /// <exception cref="IOException">conmon did not take it.</exception>
    public async Task ResizeAsync(TerminalSize size)
    {
        var number = Interlocked.Increment(ref _resizes);
        Resize(size);
        await Task.Delay(Settles, clock).ConfigureAwait(false);
        if (Interlocked.Read(ref _resizes) == number)
        {
            Resize(size);
        }
    }

    /// <summary>Orders conmon to open its log anew, once it has read what was ordered before.</summary>
    /// <param name="cancellationToken">Ends the wait, which has no other end where conmon is gone.</param>
    /// <exception cref="IOException">conmon did not take it.</exception>
    public async ValueTask ReopenLogAsync(CancellationToken cancellationToken)
    {
        while (!TryReopenLog())
        {
            await Task.Delay(Poll, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Resize(TerminalSize size)
    {
        lock (_lock)
        {
            ControlFifo.Resize(path, size.Width, size.Height);
        }
    }

    private bool TryReopenLog()
    {
        lock (_lock)
        {
            try
            {
                if (!ControlFifo.IsEmpty(path))
                {
                    return false;
                }

                ControlFifo.ReopenLog(path);
                return true;
            }
            catch (IOException fault) when (fault.HResult == Libc.NoReader)
            {
                return false;
            }
        }
    }
}
