using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>The shared outputs of this gateway, one per container that has a session here.</summary>
/// <param name="stdio">The byte path.</param>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class SharedOutputs(
    IContainerStdio stdio, IOptions<StreamingOptions> options, TimeProvider time, ILogger<SharedOutput> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContainerKey, SharedOutput> _outputs = [];

    /// <summary>Gets the output of a container for one session.</summary>
    /// <param name="container">The container.</param>
    /// <param name="start">The first byte that the session wants.</param>
    /// <param name="policy">When it may slow PID 1 down.</param>
    /// <param name="mayHold">Whether the session may slow PID 1 down before it has once caught up.</param>
    public SessionOutput Open(ContainerKey container, StdioPosition start, DeliveryPolicy policy, bool mayHold)
    {
        lock (_gate)
        {
            if (!_outputs.TryGetValue(container, out var shared))
            {
                _outputs[container] = shared = new SharedOutput(container, stdio, options.Value, time, logger);
            }

            return new SessionOutput(shared, start, policy, mayHold);
        }
    }

    /// <summary>Once a second: judges slow sessions, and ends what has had no session for a while.</summary>
    public async Task TickAsync()
    {
        List<SharedOutput> all;
        lock (_gate)
        {
            all = [.. _outputs.Values];
        }

        foreach (var shared in all)
        {
            shared.Tick();
            if (TryRemove(shared))
            {
                await shared.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<SharedOutput> all;
        lock (_gate)
        {
            all = [.. _outputs.Values];
            _outputs.Clear();
        }

        foreach (var shared in all)
        {
            await shared.DisposeAsync();
        }
    }

    private bool TryRemove(SharedOutput shared)
    {
        lock (_gate)
        {
            return shared.EmptyFor >= options.Value.OutputLinger && _outputs.Remove(shared.Container);
        }
    }
}
