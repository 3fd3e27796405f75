namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>
/// Joins the two tellings of one output stream (docs/adr/0015). The log begins with the container and ends with it, but keeps an unfinished line to
/// itself and drops carriage returns; the attachment has each byte exactly and at once, but begins anywhere. Where it is known where the
/// attachment stands in the log, it tells and the log confirms each byte; before, behind and without it the log tells. Pure state: no clock, no I/O.
/// </summary>
/// <param name="terminal">Whether PID 1 writes to a terminal.</param>
/// <param name="tell">Takes what is told.</param>
/// <param name="uncertain">Called before something is told of which the log alone does not say how its lines end.</param>
internal sealed class StreamJoin(bool terminal, StreamJoin.Teller tell, Action uncertain)
{
    private const int Needle = 1024;
    private const int ShortNeedle = 64;

    // So much of an attachment may come before the log has its first bytes, and can be told all the same.
    private const int MostLive = 1024 * 1024;

    private readonly LineEnds _ends = new(terminal);
    private readonly StreamLines _logLines = new();
    private readonly ByteQueue _log = new();
    private readonly ByteQueue _ahead = new();
    private readonly ByteQueue _live = new();
    private StreamLines _liveLines = new();
    private bool _liveCut;
    private bool _logGrew;
    private bool _saidUncertain;

    /// <summary>Takes bytes that are told.</summary>
    internal delegate void Teller(ReadOnlySpan<byte> bytes);

    /// <summary>Gets how they stand to each other.</summary>
    public JoinState State { get; private set; }

    /// <summary>Gets how many bytes have been told that the log does not have yet.</summary>
    public int Ahead => _ahead.Count;

    /// <summary>Gets how many bytes of the log have not been told yet.</summary>
    public int Held => _log.Count;

    /// <summary>Gets a value indicating whether lines were told that end otherwise than a reader of the log would take them to.</summary>
    public bool IsShifted { get; private set; }

    /// <summary>An attachment begins. Where, nobody knows.</summary>
    public void Begin()
    {
        _liveLines = new StreamLines();
        _live.Clear();
        _ends.Begin();
        (State, _liveCut, _logGrew, _saidUncertain) = (JoinState.Seeking, false, false, false);
    }

    /// <summary>The attachment is over: what the log has beyond it is told now.</summary>
    public void End()
    {
        State = JoinState.Apart;
        _live.Clear();
        TellLog(_log.Count);
    }

    /// <summary>The log goes on.</summary>
    /// <returns><c>false</c> when bytes were told ahead that it does not confirm; see <see cref="Forget"/>.</returns>
    public bool AddLog(ReadOnlySpan<byte> content)
    {
        _logGrew = true;
        _logLines.Add(content);
        _log.Append(content);
        if (!Confirm())
        {
            return false;
        }

        switch (State)
        {
            case JoinState.Apart or JoinState.Following:
                TellLog(_log.Count);
                break;
            case JoinState.Seeking:
                Seek();
                break;
        }

        return true;
    }

    /// <summary>The attachment goes on.</summary>
    /// <returns><c>false</c> when the log has said something else already; see <see cref="Forget"/>.</returns>
    public bool AddLive(ReadOnlySpan<byte> bytes)
    {
        _liveLines.Add(bytes);
        _ends.Learn(bytes);
        switch (State)
        {
            case JoinState.Joined:
                Tell(bytes);
                return Confirm();
            case JoinState.Seeking:
                _liveCut |= _live.Count + bytes.Length > MostLive;
                _live.Append(bytes[..Math.Min(bytes.Length, MostLive - _live.Count)]);
                Seek();
                return true;
            default:
                return true;
        }
    }

    /// <summary>What of the log waits for the attachment has waited long enough: it is told.</summary>
    /// <param name="waited">For what.</param>
    public void Release(Waited waited)
    {
        var over = State switch
        {
            JoinState.Joined => waited >= Waited.ForTheSame,
            JoinState.Seeking => waited >= (_live.Count > 0 ? Waited.ToBeFound : Waited.ForFirstBytes),
            _ => true,
        };
        if (over && _log.Count > 0)
        {
            State = State == JoinState.Apart ? JoinState.Apart : JoinState.Following;
            _live.Clear();
            TellLog(_log.Count);
        }
    }

    /// <summary>
    /// Nothing has come from either side for a while: what was written stands in both, but for the unfinished line that the log keeps to itself.
    /// So the last line break of one is that of the other. Should that be untrue, the log contradicts what is told ahead, and it shows.
    /// </summary>
    public void Settle()
    {
        var logLine = _logLines.Line;
        var liveLine = _liveLines.Line;
        if (State is not (JoinState.Seeking or JoinState.Following) || _log.Count > 0 || _logLines.IsTooLong || _liveLines.IsTooLong
            || _liveLines.Before.IsEmpty || _logLines.Before.IsEmpty || !_liveLines.AgreesWith(_logLines) || !liveLine.StartsWith(logLine))
        {
            return;
        }

        var kept = liveLine[logLine.Length..];
        if (kept.StartsWith(_ahead.Span))
        {
            Join(kept[_ahead.Count..].ToArray());
        }
    }

    /// <summary>
    /// The attachment has told part of a line, and for long the log has told nothing: whether more of that line came before the attachment cannot be
    /// known before the line is finished. Taken for the whole of what is missing; where it is not, the log contradicts it.
    /// </summary>
    /// <returns>Whether that was done.</returns>
    public bool Assume()
    {
        if (State != JoinState.Seeking || _logGrew || _liveCut || _live.Count == 0 || !_liveLines.Before.IsEmpty)
        {
            return false;
        }

        Join(_live.Span.ToArray());
        return true;
    }

    /// <summary>What was told ahead counts for nothing any more: the log tells it again.</summary>
    public void Forget()
    {
        _ahead.Clear();
        End();
        _logGrew = true;
    }

    /// <summary>Looks for the attachment's first bytes in what the log has of this time.</summary>
    private void Seek()
    {
        if (_live.Count == 0 || _log.Count == 0 || _ahead.Count > 0 || _liveCut)
        {
            return;
        }

        var live = _live.Span;
        var logged = LineEnds.AsLogged(live[..Math.Min(live.Length, Needle)]);
        var length = logged.Length < ShortNeedle ? logged.AsSpan().LastIndexOf((byte)'\n') + 1 : logged.Length;
        length = length > 0 && length == logged.Length && logged[^1] == '\r' ? length - 1 : length;
        var needle = logged.AsSpan(0, length);
        var at = length == 0 ? -1 : _log.Span.IndexOf(needle);
        if (at < 0 || _log.Span[(at + 1)..].IndexOf(needle) >= 0)
        {
            return;
        }

        ReadOnlySpan<byte> log = _log.Span[at..];
        if (StreamMatch.Advance(ref live, ref log, out _, out _))
        {
            TellLog(at);
            if (_live.Span[0] == '\n' && _ends.AreReturns)
            {
                // It began between the two.
                Tell("\r"u8);
            }

            Join(_live.Span.ToArray());
        }
    }

    private void Join(ReadOnlySpan<byte> untold)
    {
        State = JoinState.Joined;
        _live.Clear();
        Tell(untold);
        _ = Confirm();
    }

    private void Tell(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _ahead.Append(bytes);
            tell(bytes);
        }
    }

    private bool Confirm()
    {
        var live = _ahead.Span;
        var log = _log.Span;
        var agrees = StreamMatch.Advance(ref live, ref log, out var returns, out var bare);
        IsShifted |= (terminal ? bare : returns) > 0;
        _ahead.Drop(_ahead.Count - live.Length);
        _log.Drop(_log.Count - log.Length);
        return agrees;
    }

    private void TellLog(int count)
    {
        if (count > 0 && _ahead.Count == 1 && _ahead.Span[0] == '\r' && _log.Span[0] == '\n')
        {
            // The return was told, and the log has only what came behind it.
            IsShifted |= !terminal;
            _ahead.Clear();
            _log.Drop(1);
            count--;
            tell("\n"u8);
        }

        var bytes = _log.Span[..count];
        if (bytes.IsEmpty)
        {
            return;
        }

        var lines = bytes.Count((byte)'\n');
        if (lines > 0 && _ends.AreMixed && !_saidUncertain)
        {
            _saidUncertain = true;
            uncertain();
        }

        IsShifted |= lines > 0 && _ends.AreReturns != terminal;
        if (lines > 0 && _ends.AreReturns)
        {
            var whole = new byte[bytes.Length + lines];
            var at = 0;
            foreach (var value in bytes)
            {
                if (value == '\n')
                {
                    whole[at++] = (byte)'\r';
                }

                whole[at++] = value;
            }

            bytes = whole;
        }

        tell(bytes);
        _log.Drop(count);
    }
}
