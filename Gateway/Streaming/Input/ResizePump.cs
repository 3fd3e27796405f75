using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Streaming.Input;

/// <summary>Sends terminal sizes one after the other, in order. When too many wait the oldest goes: the last one is what counts.</summary>
/// <param name="send">Sends one; it does not throw.</param>
internal sealed class ResizePump(Func<TerminalSize, Task> send)
{
    // kubectl sends two at once to force a redraw: they must not become one.
    private const int MaxWaiting = 8;

    private readonly Lock _gate = new();
    private Queue<TerminalSize>? _waiting;
    private bool _running;

    /// <summary>Gives a size to be sent.</summary>
    /// <param name="size">The size.</param>
    public void Post(TerminalSize size)
    {
        lock (_gate)
        {
            _waiting ??= new Queue<TerminalSize>();
            if (_waiting.Count == MaxWaiting)
            {
                _waiting.Dequeue();
            }

            _waiting.Enqueue(size);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (Next() is { } size)
        {
            await send(size);
        }
    }

    private TerminalSize? Next()
    {
        lock (_gate)
        {
            if (_waiting!.TryDequeue(out var size))
            {
                return size;
            }

            _running = false;
            return null;
        }
    }
}
