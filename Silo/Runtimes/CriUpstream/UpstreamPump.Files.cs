using System.Buffers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Runtimes.CriUpstream.Joining;
using CriAttach.Silo.Runtimes.CriUpstream.Logs;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <content>Following the log file.</content>
internal sealed partial class UpstreamPump
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Stillness = TimeSpan.FromMilliseconds(300);

    private int _files;
    private bool _disordered;
    private bool _disorderKept;
    private bool _shifted;

    /// <summary>Reads on in the log; not without end, for the attachment has its turn too.</summary>
    private bool ReadLog()
    {
        if (_log is not { } log)
        {
            return false;
        }

        var start = log.Content;
        try
        {
            TakePieces(log);
        }
        catch (CriLogFormatException fault) when (!log.HasContent)
        {
            LogNoCriLog(logger, container.Key, fault);
            LeaveLog(log);
        }
        catch (CriLogFormatException fault)
        {
            LogBroken(logger, container.Key, fault);
            LeaveLog(log);
        }
        catch (IOException fault)
        {
            LogLost(logger, container.Key, fault.Message);
            LeaveLog(log);
            _log = container.OpenLog(output.Log.Head);
            output.Replace(output.Log.Head, _log);
        }

        if (_log is { } current && current.All.Length != _files)
        {
            _files = current.All.Length;
            container.NoteFiles(current.Known);
        }

        return log.Content > start;
    }

    /// <summary>Takes a turn's worth of lines. Those of one stream in a row go on as one piece: each piece costs a notice to every reader.</summary>
    private void TakePieces(UpstreamLog log)
    {
        var start = log.Content;
        var (stream, count) = (CriLogStream.Stdout, 0);
        byte[]? joined = null;
        try
        {
            while (log.Content - start < Turn && _merge.Held < OutputMerge.MostHeld && log.TryRead(out var piece))
            {
                joined ??= ArrayPool<byte>.Shared.Rent(UpstreamLog.BufferSize);
                if (piece.Stream != stream || piece.Content.Length > joined.Length - count)
                {
                    PassOn(stream, joined.AsSpan(0, count));
                    (stream, count) = (piece.Stream, 0);
                }

                piece.Content.Span.CopyTo(joined.AsSpan(count));
                count += piece.Content.Length;
                log.Take(piece);
            }
        }
        finally
        {
            // What stands before a line that cannot be read counts too.
            if (joined is not null)
            {
                PassOn(stream, joined.AsSpan(0, count));
                ArrayPool<byte>.Shared.Return(joined);
            }
        }
    }

    private void PassOn(CriLogStream stream, ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty && !_merge.AddLog(stream == CriLogStream.Stderr ? StdioStream.Stderr : StdioStream.Stdout, content))
        {
            Contradict();
        }
    }

    /// <summary>What was told ahead of the log is not what the log says. Whoever reads is told so, and the log tells it again.</summary>
    private void Contradict()
    {
        LogContradicted(logger, container.Key, output.Log.Head);
        output.Replace(output.Log.Head, null);
        _shifted = true;
        container.NoteDisorder(true);
        _merge.Forget();
        if (_attachment is not null)
        {
            _merge.Begin();
        }
    }

    /// <summary>What the log holds is no output that can be read: from now on there is only the attachment.</summary>
    private void LeaveLog(UpstreamLog log)
    {
        _log = null;
        _merge.Forget();
        if (output.Log.Head > 0)
        {
            output.BecomeUncertain();
        }

        log.Dispose();
    }

    /// <summary>Says when the log's offsets are not those of what was told: for a while, or for good.</summary>
    private void NoteOffsets()
    {
        if (_merge.IsShifted && !_shifted)
        {
            _shifted = true;
            output.Archive?.BeginDisorder();
            container.NoteDisorder(true);
        }

        if (_shifted || _merge.IsDisordered == _disordered)
        {
            return;
        }

        _disordered = _merge.IsDisordered;
        if (!_disordered)
        {
            output.Archive?.EndDisorder(output.Log.Head);
            return;
        }

        output.Archive?.BeginDisorder();
        if (!_disorderKept)
        {
            _disorderKept = true;
            container.NoteDisorder(true);
        }
    }

    /// <summary>An order that is right again is written down when there is a pause: it may come and go a thousand times a second.</summary>
    private void NoteOrderLasting()
    {
        if (_disorderKept && !_disordered && !_shifted)
        {
            _disorderKept = false;
            container.NoteDisorder(false);
        }
    }

    /// <summary>The container has ended: what the log still gets is the end of its output.</summary>
    private async Task<bool> DrainAsync(CancellationToken detach)
    {
        var since = clock.GetTimestamp();
        var movedAt = since;
        var isCertain = true;
        while (_log is not null)
        {
            var complete = _log.IsComplete();
            if (ReadLog())
            {
                movedAt = clock.GetTimestamp();
                continue;
            }

            if (complete is true || (complete is null && clock.GetElapsedTime(movedAt) > Stillness))
            {
                break;
            }

            if (detach.IsCancellationRequested)
            {
                return false;
            }

            if (clock.GetElapsedTime(since) > DrainPatience)
            {
                LogNeverClosed(logger, container.Key);
                isCertain = false;
                break;
            }

            await Task.Delay(DrainPause, clock, CancellationToken.None).ConfigureAwait(false);
        }

        if (_log is not null && _merge.Ahead > 0)
        {
            LogUnconfirmed(logger, container.Key, _merge.Ahead);
            isCertain = false;
        }

        if (!isCertain)
        {
            output.BecomeUncertain();
        }

        NoteOffsets();
        output.Log.Flush();
        return true;
    }
}
