using System.Net.Http.Json;
using CriAttach.AdminApi;
using CriAttach.Testing.Http;
using CriAttach.Testing.Processes;

namespace CriAttach.Load.Targets;

/// <summary>One silo and one gateway as they are built, their containers held by conmon.</summary>
internal sealed class OursTarget : ITarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly OursOptions _options;
    private readonly BackgroundProcess _silo;
    private readonly BackgroundProcess _gateway;
    private readonly HttpClient _admin;

    private OursTarget(OursOptions options)
    {
        _options = options;
        _silo = Start("Silo", options.Silo());
        _gateway = Start("Gateway", options.Gateway());
        _admin = new HttpClient(UnixSocketHandler.For(options.AdminSocket)) { BaseAddress = new Uri("http://localhost") };
    }

    public string CriSocket => _options.CriSocket;

    private string Rootfs => Path.Combine(_options.Directory, "rootfs");

    internal static async Task<ITarget> StartAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        OursTarget target = new(new OursOptions { Directory = directory });
        try
        {
            await BenchImage.Image.WriteRootfsAsync(target.Rootfs, cancellationToken).ConfigureAwait(false);
            await target._gateway.AnsweringAsync(target.KnowsTheNodeAsync, "the gateway knows the node", cancellationToken).ConfigureAwait(false);
            return target;
        }
        catch (Exception fault)
        {
            string silo = await File.ReadAllTextAsync(target._silo.LogPath, CancellationToken.None).ConfigureAwait(false);
            await target.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"{fault.Message}\nThe silo said: {silo}", fault);
        }
    }

    public IReadOnlyList<TargetProcess> Processes() =>
    [
        new TargetProcess("silo", _silo.Id),
        new TargetProcess("gateway", _gateway.Id),
        .. Conmons().Select(pid => new TargetProcess("conmon", pid)),
    ];

    public async Task<TargetContainer> StartContainerAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        CreateContainerBody body = new() { Node = OursOptions.Node, Rootfs = Rootfs, Args = command, Env = ["PATH=/bin"], Stdin = true };
        using HttpResponseMessage response = await _admin.PostAsJsonAsync(
            AdminRoutes.Containers, body, AdminJson.Default.CreateContainerBody, cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        ContainerView? container = await response.Content.ReadFromJsonAsync(AdminJson.Default.ContainerView, cancellationToken).ConfigureAwait(false);
        return new TargetContainer(container!.Id, container.LogPath);
    }

    public async Task RemoveContainerAsync(TargetContainer container, CancellationToken cancellationToken)
    {
        string path = $"{AdminRoutes.For(AdminRoutes.Container, container.Id)}?{AdminRoutes.ForceQuery}=true";
        using HttpResponseMessage response = await _admin.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _gateway.DisposeAsync().ConfigureAwait(false);
        await _silo.DisposeAsync().ConfigureAwait(false);

        // Containers outlive a silo on purpose; what a failed phase left behind ends here.
        IReadOnlyList<int> conmons = Conmons();
        int[] leftovers = [.. conmons, .. conmons.SelectMany(ProcessTable.Descendants)];
        foreach (int pid in leftovers)
        {
            ProcessTable.Kill(pid);
        }

        await Until.TrueAsync(() => !leftovers.Any(ProcessTable.IsAlive), Patience, "the conmons have ended").ConfigureAwait(false);
        Directory.Delete(_options.Directory, recursive: true);
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        }
    }

    private BackgroundProcess Start(string host, IReadOnlyDictionary<string, string> environment)
    {
        string program = Path.Combine(Repository.Top, host, "bin", "Release", "net10.0", $"CriAttach.{host}.dll");
        return BackgroundProcess.Start("dotnet", [program], Path.Combine(_options.Directory, $"{host}.log"), environment);
    }

    private async ValueTask<bool> KnowsTheNodeAsync(CancellationToken cancellationToken)
    {
        try
        {
            NodeList? list = await _admin.GetFromJsonAsync(AdminRoutes.Nodes, AdminJson.Default.NodeList, cancellationToken).ConfigureAwait(false);
            return list!.Nodes.Any(node => node.Name == OursOptions.Node);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private IReadOnlyList<int> Conmons() => ProcessTable.Where(commandLine =>
        commandLine.Count > 0
        && Path.GetFileName(commandLine[0]) == "conmon"
        && commandLine.Any(argument => argument.Contains(_options.Directory + "/", StringComparison.Ordinal)));
}
