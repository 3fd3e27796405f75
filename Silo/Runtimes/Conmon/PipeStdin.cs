using System.Net.Sockets;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using CriAttach.Streams.Input;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// PID 1's standard input as the pipe itself, for StdinOnce without a terminal: conmon would close it whenever the silo goes away.
/// Its end is ours and that of a small process that holds it while there is no silo (docs/adr/0009); closing it is ending both.
/// </summary>
internal sealed class PipeStdin : IStdinSink, IDisposable
{
    private readonly ContainerLedger _ledger;
    private readonly Socket _pipe;

    private PipeStdin(ContainerLedger ledger, NativeFile file)
    {
        _ledger = ledger;

        // .NET's socket waits for any descriptor that can be polled; its pipe streams need as much.
        _pipe = new Socket(new SafeSocketHandle(file.Release(), ownsHandle: true));
    }

    /// <summary>Opens the pipe of a container whose input is held.</summary>
    /// <returns>None when it was closed, or nobody holds it.</returns>
    public static PipeStdin? Open(ContainerLedger ledger)
    {
        if (ledger.Record.StdinClosed || ledger.Record.StdinHolder is not { } holder || !holder.IsAlive())
        {
            return null;
        }

        try
        {
            return new PipeStdin(ledger, NativeFile.Open(StdinHolder.PathOf(holder), Libc.WriteOnly | Libc.NonBlocking));
        }
        catch (IOException)
        {
            // PID 1 has ended since: nobody reads.
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            while (!data.IsEmpty)
            {
                data = data[await _pipe.SendAsync(data, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
            }
        }
        catch (SocketException fault)
        {
            throw new IOException("PID 1 takes no more input", fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        _ledger.Change(record => record with { StdinClosed = true });
        _ledger.Record.StdinHolder?.Send(Signal.Kill);
        _pipe.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets go of the pipe; it stays open for PID 1.</summary>
    public void Dispose() => _pipe.Dispose();
}
