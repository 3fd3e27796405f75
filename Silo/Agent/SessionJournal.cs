using System.Text.Json;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Sessions;
using CriAttach.Silo.State;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Agent;

/// <summary>
/// A file to which each new state of a session is added as a line of JSON. It is written anew when most of it is outdated.
/// A line that was cut off by the end of a silo is left out.
/// </summary>
internal sealed partial class SessionJournal(IOptions<NodeOptions> options, ILogger<SessionJournal> logger) : ISessionJournal, IDisposable
{
    private const int Slack = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionRecord> _live = new(StringComparer.Ordinal);
    private FileStream? _file;
    private int _lines;
    private bool _torn;

    private string FilePath => Path.Combine(options.Value.StateDirectory, "sessions.jsonl");

    /// <inheritdoc/>
    public IReadOnlyList<SessionRecord> Load()
    {
        lock (_lock)
        {
            Open();
            return [.. _live.Values];
        }
    }

    /// <inheritdoc/>
    public void Write(SessionRecord record)
    {
        lock (_lock)
        {
            Open();
            Take(record);
            if (_lines >= (_live.Count * 2) + Slack)
            {
                Compact();
            }
            else
            {
                Append(record);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Open()
    {
        if (_file is not null)
        {
            return;
        }

        _live.Clear();
        var read = 0;
        if (File.Exists(FilePath))
        {
            foreach (var line in File.ReadLines(FilePath).Where(line => line.Length > 0))
            {
                read++;
                if (Parse(line) is { } record)
                {
                    Take(record);
                }
            }
        }

        Compact();
        LogLoaded(logger, _live.Count, read);
    }

    private SessionRecord? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, StateJson.Default.SessionRecord);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            LogTorn(logger, fault.Message);
            return null;
        }
    }

    private void Take(SessionRecord record)
    {
        if (record.Info.State == SessionState.Ended)
        {
            _live.Remove(record.Info.Key.Id);
        }
        else
        {
            _live[record.Info.Key.Id] = record;
        }
    }

    private void Append(SessionRecord record)
    {
        try
        {
            byte[] line = [.. _torn ? "\n"u8 : [], .. JsonSerializer.SerializeToUtf8Bytes(record, StateJson.Default.SessionRecord), (byte)'\n'];
            _file!.Write(line);
            _lines++;
            _torn = false;
        }
        catch (IOException fault)
        {
            // The session goes on; it will only not be known after a restart.
            _torn = true;
            LogNotWritten(logger, record.Info.Key.Id, fault);
        }
    }

    private void Compact()
    {
        _file?.Dispose();
        using var content = new MemoryStream();
        foreach (var record in _live.Values)
        {
            content.Write(JsonSerializer.SerializeToUtf8Bytes(record, StateJson.Default.SessionRecord));
            content.WriteByte((byte)'\n');
        }

        PrivateFile.Replace(FilePath, content.ToArray());
        _file = PrivateFile.Open(FilePath, FileMode.Append);
        _lines = _live.Count;
        _torn = false;
    }
}
