using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;
using CriAttach.Wire.Recordings;

namespace CriAttach.Silo.Recordings;

/// <summary>Reads a recording's parts as one asciicast: the headers of further parts become comments, all else stays, so that the chain can still be checked.</summary>
internal static class RecordingPages
{
    /// <summary>Reads a page.</summary>
    /// <param name="files">The recording.</param>
    /// <param name="offset">Where it begins in the joined file.</param>
    /// <exception cref="RecordingNotFoundException">It was removed.</exception>
    /// <exception cref="RuntimeFailureException">The disk is at fault.</exception>
    public static RecordingPage Read(RecordingFiles files, long offset)
    {
        try
        {
            return ReadJoined(files, offset);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecordingNotFoundException("the recording was removed meanwhile");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RuntimeFailureException($"the recording cannot be read: {fault.Message}");
        }
    }

    private static RecordingPage ReadJoined(RecordingFiles files, long offset)
    {
        var parts = files.Parts();
        if (parts.Count == 0)
        {
            throw new RecordingNotFoundException("the recording is not there any more");
        }

        var start = 0L;
        for (var i = 0; i < parts.Count; i++)
        {
            var prefix = i == 0 ? default : ChainWriter.JoinedHeader;
            var end = start + prefix.Length + parts[i].Length;
            if (offset < end)
            {
                return ReadPart(parts[i], prefix, Math.Max(0, offset - start), offset, isLast: i == parts.Count - 1);
            }

            start = end;
        }

        return new RecordingPage { Data = ReadOnlyMemory<byte>.Empty, Next = Math.Max(0, offset), AtEnd = true };
    }

    private static RecordingPage ReadPart(FileInfo part, ReadOnlySpan<byte> prefix, long at, long offset, bool isLast)
    {
        var before = at < prefix.Length ? prefix[(int)at..] : default;
        var from = Math.Max(0, at - prefix.Length);
        var data = new byte[(int)Math.Min(RecordingPage.MaxBytes, before.Length + part.Length - from)];
        before.CopyTo(data);
        using var file = File.OpenHandle(part.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var count = before.Length + RandomAccess.Read(file, data.AsSpan(before.Length), from);
        return new RecordingPage { Data = data.AsMemory(0, count), Next = offset + count, AtEnd = isLast && from + count - before.Length >= part.Length };
    }
}
