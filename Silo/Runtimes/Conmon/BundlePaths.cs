namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>The files of a container's bundle.</summary>
/// <param name="Directory">The bundle.</param>
internal sealed record BundlePaths(string Directory)
{
    /// <summary>Gets the OCI config.</summary>
    public string Config => Path.Combine(Directory, "config.json");

    /// <summary>Gets the FIFO on which conmon takes orders.</summary>
    public string Control => Path.Combine(Directory, "ctl");

    /// <summary>Gets where conmon writes its own process id.</summary>
    public string ConmonPid => Path.Combine(Directory, "conmon.pid");

    /// <summary>Gets where the OCI runtime writes PID 1's process id.</summary>
    public string InitPid => Path.Combine(Directory, "pid");

    /// <summary>Gets the directory that conmon puts the exit status into.</summary>
    public string ExitDirectory => Path.Combine(Directory, "exit");

    /// <summary>Gets what conmon makes when the kernel has killed PID 1 for lack of memory.</summary>
    public string OutOfMemory => Path.Combine(Directory, "oom");
}
