using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>An owned file descriptor.</summary>
internal sealed class NativeFile : SafeHandle
{
    private NativeFile(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>Gets the number.</summary>
    public int Descriptor => (int)handle;

    /// <summary>Opens a path; the descriptor does not go to children.</summary>
    /// <exception cref="IOException">It could not be opened.</exception>
    public static NativeFile Open(string path, int flags)
    {
        var descriptor = Libc.Open(path, flags | Libc.CloseOnExec);
        return descriptor >= 0 ? new NativeFile(descriptor) : throw NativeError.Last($"cannot open {path}");
    }

    /// <summary>Takes over a descriptor.</summary>
    public static NativeFile Own(int descriptor) => new(descriptor);

    /// <summary>Makes a pipe.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static unsafe (NativeFile Reader, NativeFile Writer) Pipe()
    {
        var ends = stackalloc int[2];
        return Libc.Pipe(ends, Libc.CloseOnExec) == 0
            ? (new NativeFile(ends[0]), new NativeFile(ends[1]))
            : throw NativeError.Last("cannot make a pipe");
    }

    /// <summary>Gives the descriptor away: the caller closes it.</summary>
    public int Release()
    {
        var descriptor = Descriptor;
        SetHandleAsInvalid();
        return descriptor;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
