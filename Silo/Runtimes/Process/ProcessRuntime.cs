using System.Text.Json;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Agent;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using CriAttach.Wire.CriLog;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>Runs containers as plain child processes, without root and without isolation: for development and tests. They end with the silo.</summary>
internal sealed partial class ProcessRuntime(ProcessServices services, IOptions<NodeOptions> node, ILogger<ProcessRuntime> logger) : IContainerRuntime
{
    private const int UnknownExitCode = 255;

    /// <inheritdoc/>
    public string Name => "process";

    /// <inheritdoc/>
    public async Task<IRuntimeContainer> CreateAsync(ContainerKey key, ContainerSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Rootfs is not null || spec.Bundle is not null)
        {
            throw new InvalidContainerSpecException("the process runtime takes no root file system and no bundle");
        }

        if (spec.Args.Count == 0 || Executable.Find(spec.Args[0]) is null)
        {
            throw new InvalidContainerSpecException(spec.Args.Count == 0 ? "there is no command line" : $"there is no program '{spec.Args[0]}'");
        }

        var folder = new ContainerFolder(node.Value, Name, key.ContainerId);
        try
        {
            folder.Create();
            var files = CriLogFiles.Open(folder.Logs);
            var info = new ContainerInfo { Key = key, Spec = spec, State = ContainerState.Created, CreatedAt = services.Clock.GetUtcNow(), LogPath = files.CurrentPath };
            var record = new ContainerRecord { Info = info, Epoch = OutputHistory.NewEpoch() };
            folder.Save(record);
            return await MakeAsync(new ContainerLedger(folder, record), files, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            folder.Delete();
            throw new RuntimeFailureException($"the container could not be made: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IRuntimeContainer>> RecoverAsync(CancellationToken cancellationToken)
    {
        var containers = new List<IRuntimeContainer>();
        foreach (var id in ContainerFolder.List(node.Value, Name))
        {
            var folder = new ContainerFolder(node.Value, Name, id);
            try
            {
                if (folder.Load() is { } record)
                {
                    containers.Add(await RecoverAsync(folder, record, cancellationToken).ConfigureAwait(false));
                }
                else
                {
                    folder.Delete();
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FormatException or CriLogFormatException)
            {
                // One broken container must not keep the node down. Its files stay for people to look at.
                LogNotRecovered(logger, id, fault);
            }
        }

        return containers;
    }

    private async Task<ProcessContainer> RecoverAsync(ContainerFolder folder, ContainerRecord record, CancellationToken cancellationToken)
    {
        var ledger = new ContainerLedger(folder, record);
        if (record.Info.State == ContainerState.Running)
        {
            record.Init?.Send(Signal.Kill);
            ledger.ChangeInfo(info => info with
            {
                State = ContainerState.Exited,
                ExitCode = UnknownExitCode,
                FinishedAt = services.Clock.GetUtcNow(),
                Reason = "SiloEnded",
                Message = "containers of the process runtime end with the silo",
                Pid = 0,
            });
        }

        return await MakeAsync(ledger, CriLogFiles.Open(folder.Logs), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ProcessContainer> MakeAsync(ContainerLedger ledger, CriLogFiles files, CancellationToken cancellationToken)
    {
        var log = await OutputHistory.OpenAsync(files, files.End(), ledger.Record.Epoch, services.LogOptions.Value, services.Clock, cancellationToken).ConfigureAwait(false);
        return new ProcessContainer(services, ledger, new ProcessLogWriter(files, services.LogLimits, log, services.Clock));
    }

    [LoggerMessage(1221, LogLevel.Error, "Container {ContainerId} could not be found again and is left alone")]
    private static partial void LogNotRecovered(ILogger logger, string containerId, Exception fault);
}
