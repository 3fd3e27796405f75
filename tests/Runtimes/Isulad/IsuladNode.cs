using CriAttach.Protos.Runtime.V1;
using CriAttach.Silo.Runtimes.CriUpstream;
using CriAttach.Silo.Runtimes.CriUpstream.Isulad;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Isulad;
using Grpc.Net.Client;

namespace CriAttach.Runtimes.Tests.Isulad;

/// <summary>A fake iSulad, asked over its socket as a silo does.</summary>
internal sealed class IsuladNode : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory;
    private readonly FakeIsulad _isulad;
    private readonly GrpcChannel _channel;

    private IsuladNode(DirectoryInfo directory, FakeIsulad isulad)
    {
        (_directory, _isulad) = (directory, isulad);
        _channel = CriChannel.Open(isulad.Socket);
        Runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    public RuntimeService.RuntimeServiceClient Runtime { get; }

    public IUpstreamDialect Dialect { get; } = new IsuladDialect(TimeProvider.System);

    public static async Task<IsuladNode> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("isulad");
        return new IsuladNode(directory, await FakeIsulad.StartAsync(Path.Combine(directory.FullName, "isulad.sock")));
    }

    public FakeIsuladContainer Run(bool echoes = false) => _isulad.Run(new FakeIsuladContainer { LogPath = Path.Combine(_directory.FullName, "console.log"), Echoes = echoes });

    public async Task<Uri> UrlAsync(FakeIsuladContainer container, bool stdin = true) =>
        new((await Runtime.AttachAsync(new AttachRequest { ContainerId = container.Id, Stdin = stdin, Stdout = true, Stderr = true })).Url);

    public async Task<IUpstreamAttachment> AttachAsync(FakeIsuladContainer container, bool stdin = true) =>
        await Dialect.OpenAsync(await UrlAsync(container, stdin), new UpstreamStreams(stdin, Tty: false), CancellationToken.None).WaitAsync(Patience);

    public Task CutAsync() => _isulad.CutAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _isulad.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
