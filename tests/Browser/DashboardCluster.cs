using CriAttach.Testing.Processes;

namespace CriAttach.Browser.Tests;

/// <summary>Two silos with real containers, two gateways with the dashboard; containers of the namespace "recorded" are recorded.</summary>
public sealed class DashboardCluster : IAsyncLifetime
{
    private CriAttachProcesses? _processes;

    public CriAttachProcesses Processes => _processes ?? throw new InvalidOperationException("The cluster was not started.");

    public async ValueTask InitializeAsync()
    {
        var recordings = Directory.CreateTempSubdirectory("ca-rec-").FullName;
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            Silos = 2,
            Gateways = 2,
            Runtime = "conmon",
            Dashboard = true,
            Kube = true,
            SiloSettings = new Dictionary<string, string>
            {
                ["CriAttach:Recording:Directory"] = recordings,
                ["CriAttach:Recording:Namespaces:recorded:Enabled"] = "true",
            },
        });
        Recordings = recordings;
    }

    /// <summary>Where the silos keep recordings.</summary>
    public string Recordings { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        if (_processes is not null)
        {
            await _processes.DisposeAsync();
            Directory.Delete(Recordings, recursive: true);
        }
    }
}
