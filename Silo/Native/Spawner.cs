using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>Starts processes that have nothing of ours. <see cref="System.Diagnostics.Process"/> can give neither a session nor a chosen set of open files.</summary>
internal static unsafe class Spawner
{
    // The structs of glibc have 336, 80 and 128 bytes on x64 and no more elsewhere.
    private const int StructSize = 512;

    // Duplicates are made up here first, so that no file lands on a number that another one still has to be taken from.
    private const int Aside = 100;

    /// <summary>Starts a process.</summary>
    /// <returns>Its id; <see cref="ReapAsync"/> must be called for it.</returns>
    /// <exception cref="IOException">It could not be started.</exception>
    public static int Start(SpawnRequest request)
    {
        var attributes = stackalloc byte[StructSize];
        var actions = stackalloc byte[StructSize];
        var signals = stackalloc byte[StructSize];
        var aside = new List<NativeFile>();
        Check(Libc.SpawnAttributesInit(attributes));
        Check(Libc.FileActionsInit(actions));
        try
        {
            Check(Libc.SignalsFill(signals));
            Check(Libc.SpawnSetDefaults(attributes, signals));
            Check(Libc.SignalsClear(signals));
            Check(Libc.SpawnSetMask(attributes, signals));
            Check(Libc.SpawnSetFlags(attributes, Libc.SpawnNewSession | Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask));
            AddFiles(actions, request.Files, aside);
            if (request.WorkingDirectory is { } directory)
            {
                Check(Libc.FileActionsChangeDirectory(actions, directory));
            }

            using var arguments = new NativeStrings([request.Program, .. request.Arguments]);
            using var environment = new NativeStrings(request.Environment);
            int pid;
            var error = Libc.Spawn(&pid, arguments.First, actions, attributes, arguments.Pointer, environment.Pointer);
            return error == 0 ? pid : throw NativeError.From(error, $"cannot start {request.Program}");
        }
        finally
        {
            _ = Libc.FileActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
            aside.ForEach(file => file.Dispose());
        }
    }

    /// <summary>Waits for a process that <see cref="Start"/> started, and takes its status: 0 to 255, or 128 and the signal's number.</summary>
    public static Task<int> ReapAsync(int pid) => Task.Factory.StartNew(
        static state =>
        {
            int status;
            while (Libc.WaitPid((int)state!, &status, 0) < 0)
            {
                if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                {
                    throw NativeError.Last($"cannot wait for process {state}");
                }
            }

            return (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
        },
        pid,
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static void AddFiles(void* actions, IReadOnlyList<SpawnFile> files, List<NativeFile> aside)
    {
        for (var target = 0; target < files.Count; target++)
        {
            if (files[target].Path is null)
            {
                var copy = Libc.Control(files[target].Descriptor, Libc.DuplicateCloseOnExec, Aside);
                aside.Add(copy >= 0 ? NativeFile.Own(copy) : throw NativeError.Last("cannot duplicate a descriptor"));
                Check(Libc.FileActionsDuplicate(actions, copy, target));
            }
            else
            {
                Check(Libc.FileActionsOpen(actions, target, files[target].Path!, files[target].Flags, 0));
            }
        }

        Check(Libc.FileActionsCloseFrom(actions, files.Count));
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw NativeError.From(error, "cannot prepare a process");
        }
    }
}
