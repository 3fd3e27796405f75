using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>Makes one output of a container's log and of an attachment to it. Pure state: no clock, no I/O.</summary>
internal sealed class OutputMerge
{
    /// <summary>So much may be told ahead of the log; the attachment is not read on until the log gets there.</summary>
    public const int MostAhead = 4 * 1024 * 1024;

    /// <summary>So much of the log may wait for the attachment; the log is not read on until that gets there.</summary>
    public const int MostHeld = 1024 * 1024;

    private readonly StreamJoin _stdout;
    private readonly StreamJoin _stderr;

    /// <summary>Makes a merge.</summary>
    /// <param name="terminal">Whether PID 1 writes to a terminal.</param>
    /// <param name="output">Where it goes.</param>
    public OutputMerge(bool terminal, IMergedOutput output)
    {
        _stdout = new StreamJoin(terminal, bytes => output.Tell(StdioStream.Stdout, bytes), output.BecomeUncertain);
        _stderr = new StreamJoin(terminal, bytes => output.Tell(StdioStream.Stderr, bytes), output.BecomeUncertain);
    }

    /// <summary>Gets how many bytes have been told that the log does not have yet.</summary>
    public int Ahead => _stdout.Ahead + _stderr.Ahead;

    /// <summary>Gets a value indicating whether the attachment must wait for the log.</summary>
    public bool IsFull => Ahead > MostAhead;

    /// <summary>Gets how many bytes of the log wait for the attachment.</summary>
    public int Held => _stdout.Held + _stderr.Held;

    /// <summary>Gets a value indicating whether some of it waits for an attachment that is not joined.</summary>
    public bool IsSeeking => (_stdout.State != JoinState.Joined && _stdout.Held > 0) || (_stderr.State != JoinState.Joined && _stderr.Held > 0);

    /// <summary>Gets a value indicating whether bytes were told that, read from the log, would have other offsets: for good.</summary>
    public bool IsShifted => _stdout.IsShifted || _stderr.IsShifted;

    /// <summary>
    /// Gets a value indicating whether bytes were told in another order than that in which the log has them. Per stream it is the same; the offsets
    /// in between are not. It is over when both have said the same.
    /// </summary>
    public bool IsDisordered { get; private set; }

    /// <summary>Gets a value indicating whether it is known where in the log the attachment stands.</summary>
    public bool IsJoined => _stdout.State == JoinState.Joined || _stderr.State == JoinState.Joined;

    /// <summary>An attachment begins.</summary>
    public void Begin()
    {
        _stdout.Begin();
        _stderr.Begin();
    }

    /// <summary>The attachment is over.</summary>
    public void End()
    {
        _stdout.End();
        _stderr.End();
    }

    /// <summary>The log goes on.</summary>
    /// <returns><c>false</c> when it contradicts what was told; see <see cref="Forget"/>, after which it counts as told.</returns>
    public bool AddLog(StdioStream stream, ReadOnlySpan<byte> content)
    {
        var (own, other) = Of(stream);
        var agrees = own.AddLog(content);
        NoteOrder(other);
        return agrees;
    }

    /// <summary>The attachment goes on.</summary>
    /// <returns><c>false</c> when the log contradicts it; see <see cref="Forget"/>.</returns>
    public bool AddLive(StdioStream stream, ReadOnlySpan<byte> bytes)
    {
        var (own, other) = Of(stream);
        var agrees = own.AddLive(bytes);
        NoteOrder(other);
        return agrees;
    }

    /// <summary>What of the log waits for the attachment has waited long enough: it is told.</summary>
    /// <param name="waited">For what.</param>
    public void Release(Waited waited)
    {
        _stdout.Release(waited);
        _stderr.Release(waited);
        NoteOrder(_stdout);
    }

    /// <summary>Nothing has come from either side for a while.</summary>
    public void Settle()
    {
        _stdout.Settle();
        _stderr.Settle();
    }

    /// <summary>Nothing has come from either side for long.</summary>
    /// <returns>Whether something was told of which it is not known that it follows on what was told before.</returns>
    public bool Assume() => _stdout.Assume() | _stderr.Assume();

    /// <summary>What was told ahead counts for nothing any more: the log tells it again.</summary>
    public void Forget()
    {
        _stdout.Forget();
        _stderr.Forget();
        IsDisordered = false;
    }

    private (StreamJoin Own, StreamJoin Other) Of(StdioStream stream) =>
        stream == StdioStream.Stderr ? (_stderr, _stdout) : (_stdout, _stderr);

    // While one stream waits for one side, and the other moves, the two sides have different orders.
    private void NoteOrder(StreamJoin other) =>
        IsDisordered = (IsDisordered || other.Ahead > 0 || other.Held > 0) && (Ahead > 0 || Held > 0);
}
