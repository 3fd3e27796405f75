using System.Text.Json;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <content>After a restart of the silo.</content>
internal sealed partial class ConmonRuntime
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<IRuntimeContainer>> RecoverAsync(CancellationToken cancellationToken)
    {
        var recovered = await Task.WhenAll(ContainerFolder.List(node.Value, Name).Select(id => Task.Run(() => RecoverAsync(id, cancellationToken)))).ConfigureAwait(false);
        return [.. recovered.OfType<IRuntimeContainer>()];
    }

    private async Task<IRuntimeContainer?> RecoverAsync(string containerId, CancellationToken cancellationToken)
    {
        var folder = new ContainerFolder(node.Value, Name, containerId);
        try
        {
            if (folder.Load() is not { } record)
            {
                // The silo died while it made this one; nobody was told its id.
                await CleanUpAsync(containerId, folder).ConfigureAwait(false);
                return null;
            }

            var ledger = new ContainerLedger(folder, record);
            var container = await RecoverAsync(ledger, cancellationToken).ConfigureAwait(false);
            LogRecovered(logger, container.Info.Key, container.Info.State, container.Stdio.Output.Head);
            return container;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FormatException or RuntimeFailureException)
        {
            // One broken container must not keep the node down. Its files stay for people to look at.
            LogNotRecovered(logger, containerId, fault);
            return null;
        }
    }

    private async Task<ConmonContainer> RecoverAsync(ContainerLedger ledger, CancellationToken cancellationToken)
    {
        await CorrectStateAsync(ledger, cancellationToken).ConfigureAwait(false);
        try
        {
            return await TakeOverAsync(ledger, CriLogFiles.Open(ledger.Folder.Logs), cancellationToken).ConfigureAwait(false);
        }
        catch (CriLogFormatException fault)
        {
            // No offset is known any more: that is what an epoch is for.
            LogLogBroken(logger, ledger.Info.Key, fault);
            foreach (var path in Directory.EnumerateFiles(ledger.Folder.Logs).Where(path => !path.EndsWith(".broken", StringComparison.Ordinal)))
            {
                File.Move(path, path + ".broken", overwrite: true);
            }

            ledger.Change(record => record with { Epoch = OutputHistory.NewEpoch() });
            return await TakeOverAsync(ledger, CriLogFiles.Open(ledger.Folder.Logs), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A silo that died right after <c>runc start</c> has not noted it.</summary>
    private async Task CorrectStateAsync(ContainerLedger ledger, CancellationToken cancellationToken)
    {
        if (ledger.Info.State == ContainerState.Created
            && (ledger.Record.Init?.IsAlive() ?? false)
            && await services.Runtime.IsRunningAsync(ledger.Info.Key.ContainerId, cancellationToken).ConfigureAwait(false))
        {
            ledger.ChangeInfo(info => info with { State = ContainerState.Running, StartedAt = services.Clock.GetUtcNow() });
        }
    }

    private async Task CleanUpAsync(string containerId, ContainerFolder folder)
    {
        try
        {
            await services.Runtime.DeleteAsync(containerId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RuntimeFailureException fault)
        {
            LogNotCleanedUp(logger, containerId, fault);
        }

        if (folder.Load()?.StdinHolder is { } holder)
        {
            holder.Send(Signal.Kill);
        }

        services.Cgroups.Remove(containerId);
        folder.Delete();
    }
}
