using System.Text.Json;
using System.Text.Json.Nodes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Writes the OCI runtime config of a container. Host network, everything else isolated; capabilities as other runtimes give them by default.</summary>
internal static class OciConfig
{
    private static readonly string[] Capabilities =
    [
        "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_MKNOD", "CAP_NET_BIND_SERVICE",
        "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_CHROOT",
    ];

    private static readonly string[] MaskedPaths =
    [
        "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
        "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
    ];

    private static readonly string[] ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>The config of a container with a root file system of its own.</summary>
    public static JsonObject FromRootfs(ContainerSpec spec, string containerId, string cgroup) => new()
    {
        ["ociVersion"] = "1.0.2",
        ["process"] = Process(spec),
        ["root"] = new JsonObject { ["path"] = spec.Rootfs, ["readonly"] = false },
        ["hostname"] = containerId[..12],
        ["mounts"] = Mounts(),
        ["annotations"] = new JsonObject([.. spec.Annotations.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))]),
        ["linux"] = new JsonObject
        {
            ["cgroupsPath"] = cgroup,
            ["resources"] = new JsonObject { ["devices"] = new JsonArray(new JsonObject { ["allow"] = false, ["access"] = "rwm" }) },
            ["namespaces"] = Namespaces("pid", "ipc", "uts", "mount"),
            ["maskedPaths"] = Strings(MaskedPaths),
            ["readonlyPaths"] = Strings(ReadonlyPaths),
        },
    };

    /// <summary>The config of a given bundle, with what the spec says over it. Relative paths are those of the bundle.</summary>
    /// <exception cref="InvalidContainerSpecException">The bundle has no config, or none that can be run.</exception>
    public static JsonObject FromBundle(ContainerSpec spec, string cgroup)
    {
        var config = Read(Path.Combine(spec.Bundle!, "config.json"));
        var process = config["process"] as JsonObject ?? throw new InvalidContainerSpecException($"the config of bundle {spec.Bundle} has no process");
        process["terminal"] = spec.Tty;
        if (spec.Args.Count > 0)
        {
            process["args"] = Strings(spec.Args);
        }

        if (spec.WorkingDirectory.Length > 0)
        {
            process["cwd"] = spec.WorkingDirectory;
        }

        var environment = process["env"] as JsonArray ?? [];
        process["env"] = environment;
        foreach (var variable in spec.Env)
        {
            environment.Add((JsonNode)variable);
        }

        var root = config["root"] as JsonObject ?? throw new InvalidContainerSpecException($"the config of bundle {spec.Bundle} has no root");
        root["path"] = Path.GetFullPath(root["path"]?.GetValue<string>() ?? "rootfs", spec.Bundle!);
        var linux = config["linux"] as JsonObject ?? [];
        config["linux"] = linux;
        linux["cgroupsPath"] = cgroup;
        return config;
    }

    private static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new InvalidContainerSpecException($"{path} holds no object");
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InvalidContainerSpecException($"cannot read {path}: {fault.Message}");
        }
    }

    private static JsonObject Process(ContainerSpec spec)
    {
        var environment = Strings(["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", .. spec.Tty ? ["TERM=xterm"] : Array.Empty<string>(), .. spec.Env]);
        return new JsonObject
        {
            ["terminal"] = spec.Tty,
            ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
            ["args"] = Strings(spec.Args),
            ["env"] = environment,
            ["cwd"] = spec.WorkingDirectory.Length > 0 ? spec.WorkingDirectory : "/",
            ["capabilities"] = new JsonObject
            {
                ["bounding"] = Strings(Capabilities),
                ["effective"] = Strings(Capabilities),
                ["permitted"] = Strings(Capabilities),
            },
            ["noNewPrivileges"] = true,
        };
    }

    private static JsonArray Mounts() =>
    [
        Mount("/proc", "proc", "proc"),
        Mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        Mount("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
        Mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
        Mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"),
        Mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"),
    ];

    private static JsonObject Mount(string destination, string type, string source, params string[] options) => new()
    {
        ["destination"] = destination,
        ["type"] = type,
        ["source"] = source,
        ["options"] = Strings(options),
    };

    private static JsonArray Namespaces(params string[] types) => [.. types.Select(type => new JsonObject { ["type"] = type })];

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
