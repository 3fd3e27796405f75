using System.Net.Sockets;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>Our ends of a process's standard streams: pipes, or a terminal.</summary>
internal sealed class ProcessStreams : IDisposable
{
    private readonly List<NativeFile> _theirs = [];

    private ProcessStreams(IReadOnlyList<SpawnFile> files) => Files = files;

    /// <summary>Gets the files that the process is started with.</summary>
    public IReadOnlyList<SpawnFile> Files { get; private init; }

    /// <summary>Gets what its output is read from.</summary>
    public required IReadOnlyList<(StdioStream Stream, Socket Socket)> Outputs { get; init; }

    /// <summary>Gets what its input is written to; none without one.</summary>
    public required Socket? Input { get; init; }

    /// <summary>Gets the terminal; none without one.</summary>
    public int? Terminal { get; private init; }

    /// <summary>Makes the streams that a spec asks for.</summary>
    /// <exception cref="IOException">The system has none left.</exception>
    public static ProcessStreams Create(ContainerSpec spec) => spec.Tty ? CreateTerminal(spec) : CreatePipes(spec);

    /// <summary>The process has been started: closes what is its own.</summary>
    public void CloseTheirs()
    {
        _theirs.ForEach(file => file.Dispose());
        _theirs.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseTheirs();
        Input?.Dispose();
        foreach (var (_, socket) in Outputs)
        {
            socket.Dispose();
        }
    }

    private static unsafe ProcessStreams CreateTerminal(ContainerSpec spec)
    {
        const int NameLength = 64;
        var descriptor = Libc.OpenTerminal(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec);
        if (descriptor < 0)
        {
            throw NativeError.Last("cannot make a terminal");
        }

        using var terminal = NativeFile.Own(descriptor);
        var name = stackalloc byte[NameLength];
        if (Libc.GrantTerminal(descriptor) != 0 || Libc.UnlockTerminal(descriptor) != 0 || Libc.TerminalName(descriptor, name, NameLength) != 0)
        {
            throw NativeError.Last("cannot make a terminal");
        }

        // The first one opened by a session without a terminal becomes its controlling one.
        var file = SpawnFile.Open(System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)name)!, Libc.ReadWrite);
        var socket = ToSocket(terminal);
        return new ProcessStreams([file, file, file]) { Outputs = [(StdioStream.Stdout, socket)], Input = spec.Stdin ? socket : null, Terminal = descriptor };
    }

    private static ProcessStreams CreatePipes(ContainerSpec spec)
    {
        var (outReader, outWriter) = NativeFile.Pipe();
        var (errorReader, errorWriter) = NativeFile.Pipe();
        var (inReader, inWriter) = spec.Stdin ? NativeFile.Pipe() : default;
        var streams = new ProcessStreams([inReader is null ? SpawnFile.Null : SpawnFile.Of(inReader), SpawnFile.Of(outWriter), SpawnFile.Of(errorWriter)])
        {
            Outputs = [(StdioStream.Stdout, ToSocket(outReader)), (StdioStream.Stderr, ToSocket(errorReader))],
            Input = inWriter is null ? null : ToSocket(inWriter),
        };
        streams._theirs.AddRange(inReader is null ? [outWriter, errorWriter] : [outWriter, errorWriter, inReader]);
        return streams;
    }

    // .NET's socket waits for any descriptor that can be polled.
    private static Socket ToSocket(NativeFile file) => new(new SafeSocketHandle(file.Release(), ownsHandle: true));
}
