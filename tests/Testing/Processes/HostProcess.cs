using System.Globalization;

namespace CriAttach.Testing.Processes;

/// <summary>A silo or a gateway in a process of its own, which may end and begin again under the same name and settings.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const int TailLength = 6000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string[] _command;
    private readonly string _directory;
    private readonly Dictionary<string, string> _environment;
    private BackgroundProcess? _process;
    private int _incarnation;

    internal HostProcess(string host, string name, string directory, IReadOnlyDictionary<string, string> settings, string mark, string? network, WallClock? clock)
    {
        _command = [.. network is null ? (string[])[] : ["nsenter", $"--net=/run/netns/{network}"], "dotnet", "exec", Repository.Host(host)];
        _directory = directory;
        Name = name;
        Settings = settings;
        _environment = settings.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value, StringComparer.Ordinal);
        var equals = mark.IndexOf('=', StringComparison.Ordinal);
        _environment[mark[..equals]] = mark[(equals + 1)..];
        foreach (var (key, value) in clock?.Environment ?? new Dictionary<string, string>())
        {
            _environment[key] = value;
        }
    }

    /// <summary>The name of the node or of the gateway.</summary>
    public string Name { get; }

    /// <summary>The settings that it was given, by their keys.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The process id of the present incarnation.</summary>
    public int Id => Process.Id;

    /// <summary>Whether the present incarnation runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    private BackgroundProcess Process => _process ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>Starts it, for the first time or again; does not wait until it is ready.</summary>
    public async Task StartAsync()
    {
        // Whoever asks meanwhile hears that it does not run.
        if (Interlocked.Exchange(ref _process, null) is { } before)
        {
            await before.DisposeAsync().ConfigureAwait(false);
        }

        var log = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{Name}.{++_incarnation}.log"));
        _process = BackgroundProcess.Start(_command[0], _command[1..], log, _environment);
    }

    /// <summary>Ends it as a power cut does (SIGKILL), and waits until it is gone.</summary>
    public Task KillAsync()
    {
        ProcessTable.Kill(Id);
        return Process.ExitedAsync(Patience);
    }

    /// <summary>Asks it to end (SIGTERM), and waits until it has.</summary>
    /// <param name="limit">How long it may take; 30 s unless said otherwise.</param>
    public Task TerminateAsync(TimeSpan? limit = null)
    {
        ProcessTable.Terminate(Id);
        return Process.ExitedAsync(limit ?? Patience);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <param name="limit">How long that may take.</param>
    public Task ExitedAsync(TimeSpan limit) => Process.ExitedAsync(limit);

    /// <summary>Freezes it (SIGSTOP).</summary>
    public void Suspend() => ProcessTable.Suspend(Id);

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => ProcessTable.Resume(Id);

    /// <summary>The end of what it has written so far, for a message.</summary>
    public string LogTail()
    {
        if (_process is null || !File.Exists(_process.LogPath))
        {
            return $"--- {Name} was not started.";
        }

        var text = File.ReadAllText(_process.LogPath);
        var state = _process.HasExited ? "has ended" : "runs";
        return $"--- {Name} ({Id}) {state}; {_process.LogPath} ends:\n{text[Math.Max(0, text.Length - TailLength)..]}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            ProcessTable.Resume(Id);
            await _process.DisposeAsync().ConfigureAwait(false);
        }
    }
}
