namespace CriAttach.Testing.Containerd;

/// <summary>The configuration file of a containerd that shares nothing with another one on the machine.</summary>
internal static class ContainerdConfig
{
    internal static string Text(string directory, string socketPath) => $"""
        version = 2
        root = "{directory}/root"
        state = "{directory}/state"
        disabled_plugins = [
          "io.containerd.snapshotter.v1.aufs",
          "io.containerd.snapshotter.v1.btrfs",
          "io.containerd.snapshotter.v1.devmapper",
          "io.containerd.snapshotter.v1.zfs",
          "io.containerd.tracing.processor.v1.otlp",
        ]

        [grpc]
          address = "{socketPath}"

        [debug]
          level = "warn"

        [plugins."io.containerd.internal.v1.opt"]
          path = "{directory}/opt"

        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "{BusyboxImage.PauseName}"
          restrict_oom_score_adj = true
          disable_apparmor = true
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"

          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "{directory}/cni/bin"
            conf_dir = "{directory}/cni/conf"

          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "overlayfs"
            default_runtime_name = "runc"

            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"

              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                BinaryName = "/usr/sbin/runc"
                SystemdCgroup = false
        """;
}
