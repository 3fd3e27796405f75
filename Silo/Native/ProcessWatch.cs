using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>Tells at once when a process ends that is no child of ours: a descriptor of the process (pidfd, Linux 5.3) becomes readable then.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private readonly NativeFile? _process;
    private readonly Readiness? _readiness;

    /// <summary>Begins to watch.</summary>
    /// <param name="pid">The process's id.</param>
    /// <param name="poller">What waits for descriptors.</param>
    /// <exception cref="IOException">It cannot be watched.</exception>
    public ProcessWatch(int pid, ReadinessPoller poller)
    {
        var descriptor = (int)Libc.OpenProcess(Libc.OpenProcessCall, pid, 0);
        if (descriptor < 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.NoSuchProcess)
            {
                throw NativeError.Last($"cannot watch process {pid}");
            }

            Ended = Task.CompletedTask;
            return;
        }

        _process = NativeFile.Own(descriptor);
        try
        {
            _readiness = poller.Add(descriptor);
            Ended = _readiness.WaitAsync().AsTask();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets what completes when it has ended, or nobody watches any more.</summary>
    public Task Ended { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readiness?.Dispose();
        _readiness?.Tell();
        _process?.Dispose();
    }
}
