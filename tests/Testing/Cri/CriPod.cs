using CriAttach.Protos.Runtime.V1;

namespace CriAttach.Testing.Cri;

/// <summary>A pod on the node's network. Disposing it stops and removes it with its containers.</summary>
public sealed class CriPod : IAsyncDisposable
{
    private readonly RuntimeService.RuntimeServiceClient _runtime;
    private readonly PodSandboxConfig _config;
    private readonly string _image;
    private int _containers;

    internal CriPod(RuntimeService.RuntimeServiceClient runtime, PodSandboxConfig config, string id, string image)
    {
        _runtime = runtime;
        _config = config;
        _image = image;
        Id = id;
    }

    /// <summary>The runtime's id of the sandbox.</summary>
    public string Id { get; }

    /// <summary>Creates a container without starting it.</summary>
    /// <exception cref="Grpc.Core.RpcException">The runtime refused.</exception>
    public async Task<CriContainer> CreateAsync(CriContainerSpec spec, CancellationToken cancellationToken = default)
    {
        string name = spec.Name ?? $"c{Interlocked.Increment(ref _containers)}";
        ContainerConfig config = new()
        {
            Metadata = new ContainerMetadata { Name = name },
            Image = new ImageSpec { Image = _image },
            Command = { spec.Command },
            LogPath = $"{name}.log",
            Stdin = spec.Stdin,
            StdinOnce = spec.StdinOnce,
            Tty = spec.Tty,
            Linux = new LinuxContainerConfig
            {
                SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = CriPods.HostNetwork() },
            },
        };
        CreateContainerResponse created = await _runtime.CreateContainerAsync(
            new CreateContainerRequest { PodSandboxId = Id, Config = config, SandboxConfig = _config },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return new CriContainer(created.ContainerId, Path.Combine(_config.LogDirectory, config.LogPath));
    }

    /// <summary>Creates and starts a container.</summary>
    /// <exception cref="Grpc.Core.RpcException">The runtime refused.</exception>
    public async Task<CriContainer> StartAsync(CriContainerSpec spec, CancellationToken cancellationToken = default)
    {
        CriContainer container = await CreateAsync(spec, cancellationToken).ConfigureAwait(false);
        await _runtime.StartContainerAsync(
            new StartContainerRequest { ContainerId = container.Id }, cancellationToken: cancellationToken).ConfigureAwait(false);
        return container;
    }

    /// <summary>Stops a container, at once unless a grace time is given, and removes it.</summary>
    /// <exception cref="Grpc.Core.RpcException">The runtime could not.</exception>
    public async Task RemoveAsync(CriContainer container, TimeSpan grace = default, CancellationToken cancellationToken = default)
    {
        await _runtime.StopContainerAsync(
            new StopContainerRequest { ContainerId = container.Id, Timeout = (long)grace.TotalSeconds },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        await _runtime.RemoveContainerAsync(
            new RemoveContainerRequest { ContainerId = container.Id }, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = Id }).ConfigureAwait(false);
        await _runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = Id }).ConfigureAwait(false);
    }
}
