using System.Globalization;

namespace CriAttach.Testing.Processes;

/// <summary>
/// A wall clock that can be set while processes run by it, as an operator or NTP sets a machine's: Debian's libfaketime, loaded into them and their
/// children. The monotonic clock is that of the machine, as it is when a real one is set.
/// </summary>
public sealed class WallClock : IDisposable
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private readonly string _file = Path.Combine("/tmp", "ca-clock" + Guid.NewGuid().ToString("N")[..6]);

    /// <summary>Makes a clock that is right.</summary>
    /// <exception cref="InvalidOperationException">The library is not there.</exception>
    public WallClock()
    {
        if (!File.Exists(Library))
        {
            throw new InvalidOperationException($"there is no {Library} (package libfaketime), by which the clocks of processes are set");
        }

        Set(TimeSpan.Zero);
    }

    /// <summary>What a process needs in its environment to go by it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_NO_CACHE"] = "1",

        // What it does for the condition variables of old C libraries stops .NET's timers.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    /// <summary>Sets it.</summary>
    /// <param name="ahead">How far it is ahead of the true time; negative for behind.</param>
    public void Set(TimeSpan ahead)
    {
        var next = _file + ".new";
        File.WriteAllText(next, ahead.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture) + "\n");
        File.Move(next, _file, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_file);
}
