using System.Globalization;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>
/// Puts conmon into a control group of its own, in the hierarchies by which a service manager finds the processes of a service:
/// stopping the silo's service must not stop containers. Where there is no right to do so, conmon stays in ours.
/// </summary>
internal sealed partial class Cgroups(IOptions<ConmonOptions> options, ILogger<Cgroups> logger)
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly string[] Hierarchies = [Root, $"{Root}/unified", $"{Root}/systemd"];

    /// <summary>The group of a container, as the OCI config names it.</summary>
    public string ForContainer(string containerId) => $"{options.Value.CgroupParent}/{containerId}";

    /// <summary>Moves a process into the group of a container's conmon.</summary>
    public void Move(string containerId, int pid)
    {
        foreach (var directory in Directories(containerId))
        {
            try
            {
                Directory.CreateDirectory(directory);
                File.WriteAllText(Path.Combine(directory, "cgroup.procs"), pid.ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogNotMoved(logger, directory, fault.Message);
            }
        }
    }

    /// <summary>Removes the group of a container's conmon, when nobody is in it any more.</summary>
    public void Remove(string containerId)
    {
        foreach (var directory in Directories(containerId).Where(Directory.Exists))
        {
            try
            {
                Directory.Delete(directory);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogNotRemoved(logger, directory, fault.Message);
            }
        }
    }

    private IEnumerable<string> Directories(string containerId) =>
        Hierarchies.Where(root => File.Exists($"{root}/cgroup.procs")).Select(root => $"{root}{options.Value.CgroupParent}/conmon-{containerId}");

    [LoggerMessage(1191, LogLevel.Information, "conmon could not be moved to {Directory}: {Message}")]
    private static partial void LogNotMoved(ILogger logger, string directory, string message);

    [LoggerMessage(1192, LogLevel.Debug, "{Directory} could not be removed: {Message}")]
    private static partial void LogNotRemoved(ILogger logger, string directory, string message);
}
