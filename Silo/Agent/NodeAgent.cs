using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Streams;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Agent;

/// <summary>This node: the table of its containers, of whichever runtime.</summary>
internal sealed partial class NodeAgent : INodeAgent, IContainerSink, IStdioEndpoints, IAsyncDisposable
{
    private const int IdBytes = 32;
    private const int ShortId = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IRuntimeContainer> _containers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IContainerRuntime> _runtimes;
    private readonly ILogger<NodeAgent> _logger;
    private readonly string _defaultRuntime;
    private ImmutableArray<IRuntimeContainer> _ordered = [];
    private long _revision;

    /// <summary>Makes the agent; it knows no container before <see cref="RecoverAsync"/>.</summary>
    public NodeAgent(IEnumerable<IContainerRuntime> runtimes, IOptions<NodeOptions> options, ILogger<NodeAgent> logger)
    {
        _runtimes = runtimes.ToDictionary(runtime => runtime.Name, StringComparer.Ordinal);
        _logger = logger;
        _defaultRuntime = options.Value.DefaultRuntime;
        Name = options.Value.Name;
        Runtimes = [_defaultRuntime, .. _runtimes.Keys.Where(name => name != _defaultRuntime).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Version { get; } = typeof(NodeAgent).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<string> Runtimes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IRuntimeContainer> Containers
    {
        get
        {
            lock (_lock)
            {
                return _ordered;
            }
        }
    }

    /// <inheritdoc/>
    public long Revision => Interlocked.Read(ref _revision);

    /// <summary>Finds the containers again that an earlier silo left. Called once, before anyone asks.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in _runtimes.Values)
        {
            var containers = await runtime.RecoverAsync(cancellationToken).ConfigureAwait(false);
            foreach (var container in containers.OrderBy(container => container.Info.CreatedAt))
            {
                lock (_lock)
                {
                    if (runtime is not IContainerSource)
                    {
                        // Names that others gave are theirs: they may repeat, and take none of ours.
                        _names.Add(container.Info.Spec.Name);
                    }

                    Add(container);
                }
            }

            LogRecovered(_logger, containers.Count, runtime.Name);
        }

        foreach (var source in Sources)
        {
            source.Follow(this);
        }
    }

    /// <inheritdoc/>
    public Task LookAsync(CancellationToken cancellationToken) => Task.WhenAll(Sources.Select(source => source.LookAsync(cancellationToken)));

    /// <inheritdoc/>
    public void Found(IRuntimeContainer container)
    {
        lock (_lock)
        {
            Add(container);
        }
    }

    /// <inheritdoc/>
    public void Gone(string containerId)
    {
        lock (_lock)
        {
            Remove(containerId);
        }
    }

    /// <inheritdoc/>
    public IRuntimeContainer? Find(string containerId)
    {
        lock (_lock)
        {
            return _containers.GetValueOrDefault(containerId);
        }
    }

    /// <inheritdoc/>
    public StdioEndpoint? Find(ContainerKey key) => key.Node == Name ? Find(key.ContainerId)?.Stdio : null;

    /// <inheritdoc/>
    public async Task<ContainerInfo> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var name = spec.Runtime.Length > 0 ? spec.Runtime : _defaultRuntime;
        if (!_runtimes.TryGetValue(name, out var runtime))
        {
            throw new InvalidContainerSpecException($"this node has no runtime '{name}'");
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        spec = spec with { Runtime = name, Name = spec.Name.Length > 0 ? spec.Name : id[..ShortId] };
        Reserve(spec.Name);
        try
        {
            var container = await runtime.CreateAsync(ContainerKey.For(Name, id), spec, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                Add(container);
            }

            return container.Info;
        }
        catch
        {
            lock (_lock)
            {
                _names.Remove(spec.Name);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string containerId, bool force, CancellationToken cancellationToken)
    {
        var container = Find(containerId) ?? throw new ContainerNotFoundException($"there is no container {containerId}");
        if (container.Info.State == ContainerState.Running)
        {
            if (!force)
            {
                throw new ContainerStateException($"container {containerId} is running");
            }

            await container.StopAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }

        await container.RemoveAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            Remove(containerId);
            if (_runtimes[container.Info.Spec.Runtime] is not IContainerSource)
            {
                _names.Remove(container.Info.Spec.Name);
            }
        }
    }

    /// <summary>Lets go of all containers; those whose runtime can hold them run on.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var source in Sources)
        {
            await source.StopAsync().ConfigureAwait(false);
        }

        foreach (var container in Containers)
        {
            await container.DisposeAsync().ConfigureAwait(false);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$")]
    private static partial Regex NamePattern { get; }

    private void Reserve(string name)
    {
        if (!NamePattern.IsMatch(name))
        {
            throw new InvalidContainerSpecException($"'{name}' cannot be a container's name");
        }

        lock (_lock)
        {
            if (!_names.Add(name))
            {
                throw new InvalidContainerSpecException($"the name '{name}' is taken");
            }
        }
    }

    private IEnumerable<IContainerSource> Sources => _runtimes.Values.OfType<IContainerSource>();

    private void Remove(string containerId)
    {
        if (_containers.Remove(containerId, out var container))
        {
            _ordered = _ordered.Remove(container);
            Interlocked.Increment(ref _revision);
        }
    }

    private void Add(IRuntimeContainer container)
    {
        _containers.Add(container.Info.Key.ContainerId, container);
        _ordered = _ordered.Add(container);
        Interlocked.Increment(ref _revision);
    }

    [LoggerMessage(1001, LogLevel.Information, "{Count} containers of runtime {Runtime} were found")]
    private static partial void LogRecovered(ILogger logger, int count, string runtime);
}
