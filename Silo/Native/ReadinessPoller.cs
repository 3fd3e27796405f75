using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>
/// Waits for many descriptors to become readable, with one thread, and tells each of them once per <see cref="Readiness.WaitAsync"/>.
/// .NET's own poller stays registered for a socket once it has waited for it, and then wakes up a thread for every packet, whether
/// somebody waits or not; with conmon's 8 KiB packets that costs several times what the packets do.
/// </summary>
internal sealed unsafe class ReadinessPoller : IDisposable
{
    private const int Batch = 64;
    private const long StopToken = 0;

    private readonly ConcurrentDictionary<long, Readiness> _waiting = new();
    private readonly NativeFile _epoll;
    private readonly NativeFile _stopReader;
    private readonly NativeFile _stopWriter;
    private readonly Thread _thread;
    private long _tokens;

    /// <summary>Starts the thread.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public ReadinessPoller()
    {
        var epoll = Libc.EpollCreate(Libc.CloseOnExec);
        _epoll = epoll >= 0 ? NativeFile.Own(epoll) : throw NativeError.Last("cannot make a poller");
        (_stopReader, _stopWriter) = NativeFile.Pipe();
        Control(Libc.EpollAdd, _stopReader.Descriptor, Libc.EpollReadable, StopToken);
        _thread = new Thread(Run) { IsBackground = true, Name = "criattach-readiness" };
        _thread.Start();
    }

    /// <summary>Adds a descriptor, which must stay open until the result is disposed.</summary>
    /// <exception cref="IOException">It cannot be waited for.</exception>
    public Readiness Add(int descriptor)
    {
        var readiness = new Readiness(this, descriptor, Interlocked.Increment(ref _tokens));
        _waiting[readiness.Token] = readiness;
        Control(Libc.EpollAdd, descriptor, 0, readiness.Token);
        return readiness;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The end of the pipe is the order to stop.
        _stopWriter.Dispose();
        _thread.Join();
        _stopReader.Dispose();
        _epoll.Dispose();
    }

    /// <summary>Wants to know of a descriptor, once.</summary>
    internal void Arm(Readiness readiness) => Control(Libc.EpollModify, readiness.Descriptor, Libc.EpollReadable | Libc.EpollOnce, readiness.Token);

    /// <summary>Forgets a descriptor.</summary>
    internal void Remove(Readiness readiness)
    {
        if (_waiting.TryRemove(readiness.Token, out _))
        {
            Control(Libc.EpollDelete, readiness.Descriptor, 0, readiness.Token);
        }
    }

    private void Control(int operation, int descriptor, uint events, long token)
    {
        using var change = new EpollEvents(1);
        change.Set(0, events, token);
        if (Libc.EpollControl(_epoll.Descriptor, operation, descriptor, change.Pointer) != 0)
        {
            throw NativeError.Last("cannot wait for a descriptor");
        }
    }

    private void Run()
    {
        using var events = new EpollEvents(Batch);
        while (true)
        {
            var count = Libc.EpollWait(_epoll.Descriptor, events.Pointer, events.Capacity, -1);
            if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                throw NativeError.Last("cannot wait for descriptors");
            }

            for (var i = 0; i < count; i++)
            {
                if (events.Data(i) == StopToken)
                {
                    return;
                }

                if (_waiting.TryGetValue(events.Data(i), out var readiness))
                {
                    readiness.Tell();
                }
            }
        }
    }
}
