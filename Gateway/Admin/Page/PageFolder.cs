using System.Collections.Frozen;
using System.IO.Compression;

namespace CriAttach.Gateway.Admin.Page;

/// <summary>The dashboard's files, as Vite built them, read once into memory: no path of a request ever reaches the disk.</summary>
internal sealed class PageFolder
{
    /// <summary>The name of the folder beside the program.</summary>
    public const string Name = "wwwroot";

    private const string Index = "/index.html";
    private const string Forever = "/assets/";
    private const long MaxBytes = 64 * 1024 * 1024;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".ico"] = "image/x-icon",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".map"] = "application/json",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
        [".wasm"] = "application/wasm",
        [".webmanifest"] = "application/manifest+json",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, PageFile> _files;

    /// <summary>Reads the folder beside the program.</summary>
    public PageFolder()
        : this(Path.Combine(AppContext.BaseDirectory, Name))
    {
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <exception cref="InvalidDataException">It holds more than a page.</exception>
    public PageFolder(string folder) =>
        _files = Directory.Exists(folder) ? Read(folder).ToFrozenDictionary(StringComparer.Ordinal) : FrozenDictionary<string, PageFile>.Empty;

    /// <summary>Gets a value indicating whether there is a page.</summary>
    public bool IsBuilt => _files.ContainsKey(Index);

    /// <summary>The file of a path; none where there is none.</summary>
    /// <param name="path">The path of a request.</param>
    public PageFile? Find(string path) => _files.GetValueOrDefault(path == "/" ? Index : path);

    private static Dictionary<string, PageFile> Read(string folder)
    {
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        var left = MaxBytes;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if ((left -= new FileInfo(path).Length) < 0)
            {
                throw new InvalidDataException($"'{folder}' holds more than {MaxBytes / 1024 / 1024} MiB: is it the dashboard's build?");
            }

            var name = $"/{Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')}";
            var content = File.ReadAllBytes(path);
            var type = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
            files[name] = new PageFile(type, content, Zip(content), name.StartsWith(Forever, StringComparison.Ordinal));
        }

        return files;
    }

    private static byte[]? Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(content);
        }

        return zipped.Length < content.Length ? zipped.ToArray() : null;
    }
}
