using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CriAttach.Testing.Containerd;

/// <summary>
/// A container's file system made of Debian's static busybox, as a directory or as a docker archive with two images of
/// one layer: the one that tests run, and a pause image for sandboxes.
/// </summary>
/// <param name="extraFiles">Further files: absolute path in the container, and content.</param>
public sealed class BusyboxImage(IReadOnlyDictionary<string, byte[]>? extraFiles = null)
{
    /// <summary>The image that tests run.</summary>
    public const string Name = "localhost/criattach/busybox:1";

    /// <summary>The image of sandboxes; it sleeps.</summary>
    public const string PauseName = "localhost/criattach/pause:1";

    private const string Busybox = "/bin/busybox";
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly string[] Layers = ["layer.tar"];
    private static readonly string[] Environment = ["PATH=/bin"];
    private static readonly string[] Directories = ["bin", "dev", "etc", "proc", "root", "run", "sys", "tmp", "var"];

    private readonly IReadOnlyDictionary<string, byte[]> _extraFiles = extraFiles ?? new Dictionary<string, byte[]>();

    /// <summary>Writes the file system into a directory, for a bundle.</summary>
    public async Task WriteRootfsAsync(string directory, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(directory);
        using MemoryStream layer = await LayerAsync(cancellationToken).ConfigureAwait(false);
        await TarFile.ExtractToDirectoryAsync(layer, directory, overwriteFiles: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the docker archive.</summary>
    public async Task WriteArchiveAsync(string path, CancellationToken cancellationToken = default)
    {
        using MemoryStream layer = await LayerAsync(cancellationToken).ConfigureAwait(false);
        string diffId = "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(layer, cancellationToken).ConfigureAwait(false));
        layer.Position = 0;
        using FileStream file = File.Create(path);
        using TarWriter archive = new(file, TarEntryFormat.Ustar);
        Add(archive, Layers[0], layer);
        Add(archive, "busybox.json", Config(diffId, ["/bin/sh"]));
        Add(archive, "pause.json", Config(diffId, [Busybox, "sleep", "2147483647"]));
        Add(archive, "manifest.json", Json(new[] { Image("busybox.json", Name), Image("pause.json", PauseName) }));
    }

    private static object Image(string config, string name) => new { Config = config, RepoTags = new[] { name }, Layers };

    private static MemoryStream Config(string diffId, string[] command) => Json(new
    {
        architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            var other => throw new PlatformNotSupportedException($"No image for {other}."),
        },
        os = "linux",
        config = new { Env = Environment, Cmd = command },
        rootfs = new { type = "layers", diff_ids = new[] { diffId } },
    });

    private static MemoryStream Json<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value));

    private static void Add(TarWriter archive, string name, Stream data, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data, Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch });

    private async Task<MemoryStream> LayerAsync(CancellationToken cancellationToken)
    {
        MemoryStream stream = new();
        using (TarWriter layer = new(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            IEnumerable<string> extraDirectories = _extraFiles.Keys.Select(path => Path.GetDirectoryName(path)!.TrimStart('/')).Where(name => name.Length > 0);
            foreach (string directory in Directories.Union(extraDirectories, StringComparer.Ordinal))
            {
                layer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, directory + "/") { Mode = Executable, ModificationTime = DateTimeOffset.UnixEpoch });
            }

            using FileStream busybox = File.OpenRead(Busybox);
            Add(layer, "bin/busybox", busybox, Executable);
            foreach (string applet in await AppletsAsync(cancellationToken).ConfigureAwait(false))
            {
                layer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox", ModificationTime = DateTimeOffset.UnixEpoch });
            }

            using MemoryStream passwd = new(Encoding.ASCII.GetBytes("root:x:0:0:root:/root:/bin/sh\n"));
            Add(layer, "etc/passwd", passwd, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            foreach ((string path, byte[] content) in _extraFiles)
            {
                using MemoryStream data = new(content);
                Add(layer, path.TrimStart('/'), data, Executable);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static async Task<string[]> AppletsAsync(CancellationToken cancellationToken)
    {
        using Process list = Process.Start(new ProcessStartInfo(Busybox, "--list") { RedirectStandardOutput = true })!;
        string names = await list.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await list.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "busybox")];
    }
}
