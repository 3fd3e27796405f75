using System.Net.Sockets;
using System.Text.Json;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Agent;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.State;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Runs OCI containers that conmon holds: they outlive the silo.</summary>
internal sealed partial class ConmonRuntime(
    ConmonServices services, ConmonLauncher launcher, IOptions<NodeOptions> node, ILogger<ConmonRuntime> logger) : IContainerRuntime
{
    private readonly ConmonJoin _join = new(services.Clock);

    /// <inheritdoc/>
    public string Name => "conmon";

    /// <inheritdoc/>
    public async Task<IRuntimeContainer> CreateAsync(ContainerKey key, ContainerSpec spec, CancellationToken cancellationToken)
    {
        ContainerCheck.Check(spec);
        var folder = new ContainerFolder(node.Value, Name, key.ContainerId);
        try
        {
            return await CreateAsync(key, spec, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            await CleanUpAsync(key.ContainerId, folder).ConfigureAwait(false);
            if (fault is IOException or UnauthorizedAccessException or SocketException or JsonException or FormatException)
            {
                throw new RuntimeFailureException($"the container could not be made: {fault.Message}");
            }

            throw;
        }
    }

    private async Task<IRuntimeContainer> CreateAsync(ContainerKey key, ContainerSpec spec, ContainerFolder folder, CancellationToken cancellationToken)
    {
        folder.Create();
        PrivateFile.CreateDirectory(folder.Bundle);
        var bundle = new BundlePaths(folder.Bundle);
        var cgroup = services.Cgroups.ForContainer(key.ContainerId);
        var config = spec.Bundle is null ? OciConfig.FromRootfs(spec, key.ContainerId, cgroup) : OciConfig.FromBundle(spec, cgroup);
        PrivateFile.Replace(bundle.Config, JsonSerializer.SerializeToUtf8Bytes(config, StateJson.Default.JsonObject));
        var files = CriLogFiles.Open(folder.Logs);
        var (conmon, init) = await launcher.LaunchAsync(key.ContainerId, spec, bundle, files.CurrentPath, cancellationToken).ConfigureAwait(false);
        var record = new ContainerRecord
        {
            Info = new ContainerInfo
            {
                Key = key,
                Spec = spec,
                State = ContainerState.Created,
                CreatedAt = services.Clock.GetUtcNow(),
                LogPath = files.CurrentPath,
                Pid = init.Pid,
            },
            Epoch = OutputHistory.NewEpoch(),
            Conmon = conmon,
            Init = init,
        };
        var ledger = new ContainerLedger(folder, record);
        folder.Save(record);
        if (ConmonContainer.ClosesStdin(spec))
        {
            var holder = await new StdinHolder(services.Cgroups).StartAsync(key.ContainerId, init, cancellationToken).ConfigureAwait(false);
            ledger.Change(record => record with { StdinHolder = holder });
        }

        var container = await TakeOverAsync(ledger, files, cancellationToken).ConfigureAwait(false);
        LogCreated(logger, key, conmon.Pid, init.Pid);
        return container;
    }

    private async Task<ConmonContainer> TakeOverAsync(ContainerLedger ledger, CriLogFiles files, CancellationToken cancellationToken)
    {
        var conmon = ledger.Record.Conmon;
        var joined = conmon is null ? null : await _join.JoinAsync(conmon.Value, new BundlePaths(ledger.Folder.Bundle), files, cancellationToken).ConfigureAwait(false);
        try
        {
            var log = await OutputHistory.OpenAsync(files, joined?.Offset ?? files.End(), ledger.Record.Epoch, services.LogOptions.Value, services.Clock, cancellationToken).ConfigureAwait(false);
            if (joined is { Socket: { } socket } && ConmonContainer.ClosesStdin(ledger.Info.Spec))
            {
                // conmon lets go of its own end of PID 1's standard input; output goes on.
                socket.Shutdown(SocketShutdown.Send);
            }

            var container = new ConmonContainer(services, ledger, files, log, joined?.Socket);
            container.Follow();
            return container;
        }
        catch
        {
            joined?.Socket.Dispose();
            throw;
        }
    }
}
