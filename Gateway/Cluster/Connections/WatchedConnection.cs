using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace CriAttach.Gateway.Cluster.Connections;

/// <summary>Takes the place of a connection's transport, and knows since when the other end has owed an answer: something was sent, and nothing has come since.</summary>
internal sealed class WatchedConnection : IDuplexPipe
{
    private readonly ConnectionContext _connection;
    private readonly TimeProvider _time;
    private long _owesSince;
    private long _lastSent;

    /// <summary>Takes its place.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="time">The clock.</param>
    public WatchedConnection(ConnectionContext connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        Input = new WatchedReader(connection.Transport.Input, this);
        Output = new WatchedWriter(connection.Transport.Output, this);
        connection.Transport = this;
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Gets what is owed.</summary>
    public AnswerDebt Debt
    {
        get
        {
            var since = Interlocked.Read(ref _owesSince);
            return since == 0 ? default : new AnswerDebt(since, _time.GetElapsedTime(since), _time.GetElapsedTime(Interlocked.Read(ref _lastSent)));
        }
    }

    /// <summary>Something was sent.</summary>
    public void Sent()
    {
        var now = _time.GetTimestamp();
        Volatile.Write(ref _lastSent, now);
        if (Interlocked.Read(ref _owesSince) == 0)
        {
            Interlocked.CompareExchange(ref _owesSince, now, 0);
        }
    }

    /// <summary>Something has come.</summary>
    public void Heard() => Interlocked.Exchange(ref _owesSince, 0);

    /// <summary>Ends the connection without a word to the other end, if it still owes the same.</summary>
    /// <param name="debt">What it owed.</param>
    /// <returns>Whether it was ended.</returns>
    public bool TryBreakOff(AnswerDebt debt)
    {
        if (Interlocked.Read(ref _owesSince) != debt.Since)
        {
            return false;
        }

        _connection.Abort(new ConnectionAbortedException("the other end does not answer"));
        return true;
    }
}
