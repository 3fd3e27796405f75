using System.Text.Json;
using CriAttach.Silo.Agent;

namespace CriAttach.Silo.State;

/// <summary>The directory of one container.</summary>
internal sealed class ContainerFolder
{
    private const string RecordFile = "container.json";

    /// <summary>Names the directory of a container; makes none.</summary>
    public ContainerFolder(NodeOptions node, string runtime, string containerId)
    {
        Path = System.IO.Path.Combine(RootOf(node, runtime), containerId);
        Logs = System.IO.Path.Combine(Path, "logs");
        Bundle = System.IO.Path.Combine(Path, "bundle");
        RecordPath = System.IO.Path.Combine(Path, RecordFile);
    }

    /// <summary>Gets the directory.</summary>
    public string Path { get; }

    /// <summary>Gets where the CRI log is.</summary>
    public string Logs { get; }

    /// <summary>Gets where the OCI bundle is.</summary>
    public string Bundle { get; }

    private string RecordPath { get; }

    /// <summary>The ids of the containers that a runtime has left directories of.</summary>
    public static IReadOnlyList<string> List(NodeOptions node, string runtime)
    {
        var root = RootOf(node, runtime);
        return Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Select(path => System.IO.Path.GetFileName(path))] : [];
    }

    /// <summary>Makes the directory.</summary>
    public void Create()
    {
        PrivateFile.CreateDirectory(Path);
        PrivateFile.CreateDirectory(Logs);
    }

    /// <summary>Reads the record; none when the container was never made whole.</summary>
    /// <exception cref="JsonException">The record is not one of ours.</exception>
    public ContainerRecord? Load() =>
        File.Exists(RecordPath) ? JsonSerializer.Deserialize(File.ReadAllBytes(RecordPath), StateJson.Default.ContainerRecord) : null;

    /// <summary>Keeps the record.</summary>
    public void Save(ContainerRecord record) =>
        PrivateFile.Replace(RecordPath, JsonSerializer.SerializeToUtf8Bytes(record, StateJson.Default.ContainerRecord));

    /// <summary>Removes all of it.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string RootOf(NodeOptions node, string runtime) => System.IO.Path.Combine(node.StateDirectory, "containers", runtime);
}
