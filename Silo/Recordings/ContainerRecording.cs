using System.Globalization;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using CriAttach.Wire.Asciicast;

namespace CriAttach.Silo.Recordings;

/// <summary>
/// The recording of one container for as long as anyone is attached: from the place in its output where the first client began, until the last one has left and none
/// has come back for a while, or PID 1 has ended. Who comes and goes, and what they do, is queued with its place in the output; one loop reads the output and writes both.
/// </summary>
internal sealed partial class ContainerRecording : IAsyncDisposable
{
    private const int ShortId = 8;
    private const int MaxParticipants = 64;
    private const int DefaultColumns = 80;
    private const int DefaultRows = 24;

    private readonly Lock _lock = new();
    private readonly RecorderServices _services;
    private readonly IRuntimeContainer _container;
    private readonly RecordingPolicy _policy;
    private readonly Action<string> _failed;
    private readonly RecordedEvents _events = new();
    private readonly RecordingSignal _signal = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _attached = new(StringComparer.Ordinal);
    private readonly List<string> _participants = [];
    private readonly DateTimeOffset _startedAt;
    private readonly long _startedAtTicks;
    private readonly long _begin;
    private readonly Action<ReadOnlyMemory<byte>> _typed;
    private LogTap _tap;
    private TerminalSize? _size;
    private ITimer? _linger;
    private int _vacancy;
    private bool _stopping;
    private bool _over;

    /// <summary>Opens the output at a place; what follows there is not lost from now on.</summary>
    /// <param name="services">What it needs.</param>
    /// <param name="container">The container.</param>
    /// <param name="policy">What is so for it.</param>
    /// <param name="offset">The place.</param>
    /// <param name="size">The terminal's size, where it is known.</param>
    /// <param name="sessions">Who is attached.</param>
    /// <param name="failed">Called with the reason when it ends before its sessions do, because it cannot go on.</param>
    public ContainerRecording(RecorderServices services, IRuntimeContainer container, RecordingPolicy policy, long offset, TerminalSize? size, IEnumerable<SessionInfo> sessions, Action<string> failed)
    {
        _services = services;
        _container = container;
        _policy = policy;
        _failed = failed;
        _size = size;
        _begin = offset;
        _startedAt = services.Clock.GetUtcNow();
        _startedAtTicks = services.Clock.GetTimestamp();
        Id = RecordingFiles.NewId(_startedAt);
        _typed = Typed;
        _tap = new LogTap(container.Stdio.Output, offset, policy.FailClosed, _signal.Set);
        if (policy.Input)
        {
            container.Stdio.Input?.Watch(_typed);
        }

        foreach (var session in sessions)
        {
            TryJoin(session, offset: null);
        }

        Completion = Task.Run(RunAsync);
    }

    /// <summary>Gets its id.</summary>
    public string Id { get; }

    /// <summary>Gets what completes when it is being written, or cannot be; at once where nobody need wait for that.</summary>
    public Task Ready => _policy.FailClosed ? _ready.Task : Task.CompletedTask;

    /// <summary>Gets what completes when it is over.</summary>
    public Task Completion { get; }

    /// <summary>Gets a value indicating whether it takes nothing any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _over;
            }
        }
    }

    private TimeSpan Now => _services.Clock.GetElapsedTime(_startedAtTicks);

    /// <summary>Somebody is attached.</summary>
    /// <returns><c>false</c> when this recording is over, or about to be: it takes another one.</returns>
    public bool TryJoin(SessionInfo session, long? offset)
    {
        lock (_lock)
        {
            if (_over || _stopping)
            {
                return false;
            }

            var id = session.Key.Id;
            _attached.Add(id);
            StopLingering();
            if (_participants.Count < MaxParticipants && !_participants.Contains(id))
            {
                _participants.Add(id);
            }

            var before = _begin - (offset ?? _begin);
            Mark($"session {Short(id)} attached ({(session.Role == SessionRole.Observer ? "observer" : "peer")}){(before > 0 ? $", and is shown {before} bytes from before this recording" : "")}");
        }

        _signal.Set();
        return true;
    }

    /// <summary>Somebody has left. With the last one the recording ends, unless somebody comes within <see cref="RecordingOptions.Linger"/>.</summary>
    public void Leave(SessionInfo session)
    {
        lock (_lock)
        {
            if (_over || !_attached.Remove(session.Key.Id))
            {
                return;
            }

            Mark($"session {Short(session.Key.Id)} left: {session.Cause}");
            if (_attached.Count == 0)
            {
                Linger();
            }
        }

        _signal.Set();
    }

    /// <summary>The terminal has a new size.</summary>
    public void Resize(TerminalSize size)
    {
        lock (_lock)
        {
            _size = size;
            Add(AsciicastCode.Resize, string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"));
        }

        _signal.Set();
    }

    /// <summary>The silo stops: ends it in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (!_over && !_stopping)
            {
                if (_attached.Count > 0)
                {
                    Mark("the node agent stops; a session that outlives it goes on in another recording");
                }

                _stopping = true;
            }
        }

        _signal.Set();
        await Completion.ConfigureAwait(false);
    }

    private static string Short(string id) => id.Length > ShortId ? id[..ShortId] : id;

    /// <summary>Who watched and goes on to type leaves and comes: that is one recording. Holds the lock.</summary>
    private void Linger()
    {
        if (_services.Options.Value.Linger == TimeSpan.Zero)
        {
            _stopping = true;
            return;
        }

        StopLingering();
        var vacancy = _vacancy;
        _linger = _services.Clock.CreateTimer(_ => Vacate(vacancy), null, _services.Options.Value.Linger, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Holds the lock.</summary>
    private void StopLingering()
    {
        _vacancy++;
        _linger?.Dispose();
        _linger = null;
    }

    private void Vacate(int vacancy)
    {
        lock (_lock)
        {
            if (vacancy != _vacancy)
            {
                return;
            }

            _stopping = true;
        }

        _signal.Set();
    }

    private void Mark(string text) => Add(AsciicastCode.Marker, text);

    private void Add(AsciicastCode code, string text) => _events.Add(Now, _container.Stdio.Output, code, text);

    private void Typed(ReadOnlyMemory<byte> data)
    {
        var output = _container.Stdio.Output;
        _events.Add(new RecordedEvent(Now, output, output.Head, AsciicastCode.Input, "", data.ToArray()));
        _signal.Set();
    }

    private AsciicastHeader Header()
    {
        var spec = _container.Info.Spec;
        lock (_lock)
        {
            return new AsciicastHeader
            {
                Columns = _size?.Width ?? DefaultColumns,
                Rows = _size?.Height ?? DefaultRows,
                TerminalType = spec.Tty ? "xterm" : "",
                Timestamp = _services.Clock.GetUtcNow().ToUnixTimeSeconds(),
                Title = spec.PodName.Length > 0 ? $"{spec.PodNamespace}/{spec.PodName}/{spec.Name}" : spec.Name,
            };
        }
    }

    private RecordingRecord Record(RecordingState state, RecordingWriter? writer, string reason = "")
    {
        var info = _container.Info;
        var (epoch, offset) = writer?.Reached ?? (_tap.Log.Epoch, _begin);
        lock (_lock)
        {
            var over = state != RecordingState.Recording;
            return new RecordingRecord
            {
                Epoch = epoch,
                Offset = offset,
                Info = new RecordingInfo
                {
                    Id = Id,
                    Container = info.Key,
                    ContainerName = info.Spec.Name,
                    PodNamespace = info.Spec.PodNamespace,
                    PodName = info.Spec.PodName,
                    State = state,
                    StartedAt = _startedAt,
                    EndedAt = over ? _services.Clock.GetUtcNow() : null,
                    Bytes = writer?.Bytes ?? 0,
                    Parts = writer?.Parts ?? 0,
                    Size = _size,
                    ExitCode = _exitCode,
                    Participants = [.. _participants],
                    Hash = over ? writer?.Hash ?? "" : "",
                    Reason = reason,
                },
            };
        }
    }
}
