using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.Http;

/// <summary>A cluster whose tokens live 15 s instead of a minute.</summary>
public sealed class ShortTokens : IAsyncLifetime
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(15);

    private CriAttachProcesses? _processes;

    public CriAttachProcesses Processes => _processes ?? throw new InvalidOperationException("The cluster was not started.");

    public async ValueTask InitializeAsync() => _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
    {
        SiloSettings = new Dictionary<string, string> { ["CriAttach:Sessions:TokenTtl"] = Life.ToString() },
    });

    public ValueTask DisposeAsync() => _processes?.DisposeAsync() ?? ValueTask.CompletedTask;
}
