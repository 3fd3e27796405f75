using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using CriAttach.Silo.State;

namespace CriAttach.Silo.Recordings;

/// <summary>The files of one recording: <c>CONTAINER/START-RANDOM.PART.cast</c>, and beside them what is known of it, <c>CONTAINER/START-RANDOM.json</c>.</summary>
/// <param name="root">The directory of all recordings.</param>
/// <param name="containerId">The container.</param>
/// <param name="id">The recording.</param>
internal sealed partial class RecordingFiles(string root, string containerId, string id)
{
    private const string RecordSuffix = ".json";
    private const int RandomBytes = 6;

    /// <summary>Gets the directory.</summary>
    public string Folder { get; } = Path.Combine(root, containerId);

    private string RecordPath => Path.Combine(Folder, id + RecordSuffix);

    /// <summary>Makes an id that sorts by time.</summary>
    public static string NewId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}");

    /// <summary>All recordings that a directory has records of; of copies of one, the first by name comes first.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="unreadable">Takes each directory that cannot be listed.</param>
    public static IEnumerable<RecordingFiles> Find(string root, Action<string, Exception> unreadable) => !Directory.Exists(root) ? [] :
        from folder in Entries(root, Directory.GetDirectories, unreadable)
        from file in Entries(folder, static folder => Directory.GetFiles(folder, "*" + RecordSuffix), unreadable)
        let id = Path.GetFileNameWithoutExtension(file)
        where IdPattern.IsMatch(id)
        select new RecordingFiles(root, Path.GetFileName(folder), id);

    /// <summary>The path of a part.</summary>
    /// <param name="number">Which, from 1 on.</param>
    public string Part(int number) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{id}.{number}.cast"));

    /// <summary>The parts that there are, in order. One that got no byte is none: the silo died over it, or the disk was full.</summary>
    public IReadOnlyList<FileInfo> Parts() => [.. Existing().TakeWhile(part => part.Length > 0)];

    /// <summary>Reads the record.</summary>
    /// <exception cref="JsonException">It is not one of ours.</exception>
    public RecordingRecord Load() =>
        JsonSerializer.Deserialize(File.ReadAllBytes(RecordPath), StateJson.Default.RecordingRecord) is { Info: { } info } record && info.Id == id
            ? record
            : throw new JsonException($"{RecordPath} says nothing of recording {id}");

    /// <summary>Keeps the record.</summary>
    public void Save(RecordingRecord record)
    {
        PrivateFile.CreateDirectory(Folder);
        try
        {
            PrivateFile.Replace(RecordPath, JsonSerializer.SerializeToUtf8Bytes(record, StateJson.Default.RecordingRecord));
        }
        catch (IOException)
        {
            File.Delete(RecordPath + PrivateFile.NewSuffix);
            throw;
        }
    }

    /// <summary>Removes all of it; the container's directory with its last recording.</summary>
    public void Delete()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        // The record last: what is left half removed is found again.
        foreach (var part in Existing().Reverse())
        {
            part.Delete();
        }

        File.Delete(RecordPath);
        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
        {
            Directory.Delete(Folder);
        }
    }

    private static IEnumerable<string> Entries(string folder, Func<string, string[]> list, Action<string, Exception> unreadable)
    {
        try
        {
            return list(folder).Order(StringComparer.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            unreadable(folder, fault);
            return [];
        }
    }

    private IEnumerable<FileInfo> Existing()
    {
        for (var number = 1; new FileInfo(Part(number)) is { Exists: true } part; number++)
        {
            yield return part;
        }
    }

    [GeneratedRegex("^[0-9]{8}T[0-9]{9}Z-[0-9a-f]{12}$")]
    private static partial Regex IdPattern { get; }
}
