using CriAttach.Testing.Isulad;
using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests.CriUpstream;

/// <summary>A silo and a gateway beside iSulad, which is a fake.</summary>
public sealed class IsuladCluster : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ca-i");
    private FakeIsulad? _isulad;
    private CriAttachProcesses? _processes;

    public GatewayProcess Gateway => _processes?.Gateways[0] ?? throw new InvalidOperationException("The cluster was not started.");

    public async ValueTask InitializeAsync()
    {
        _isulad = await FakeIsulad.StartAsync(Path.Combine(_directory.FullName, "isulad.sock"));
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            SiloSettings = new Dictionary<string, string> { ["CriAttach:CriUpstream:Socket"] = _isulad.Socket },
        });
    }

    public FakeIsuladContainer Run(bool echoes = false) =>
        _isulad!.Run(new FakeIsuladContainer { LogPath = Path.Combine(_directory.FullName, "console.log"), Echoes = echoes });

    public async ValueTask DisposeAsync()
    {
        if (_processes is not null)
        {
            await _processes.DisposeAsync();
        }

        if (_isulad is not null)
        {
            await _isulad.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }
}
