using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace CriAttach.Gateway.Cluster.Connections;

/// <summary>Takes the place of a connection's transport, and knows for how long the other end has owed an answer: something was sent, and nothing has come since.</summary>
internal sealed class WatchedConnection : IDuplexPipe
{
    private readonly ConnectionContext _connection;
    private readonly TimeProvider _time;
    private long _owesSince;

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

    /// <summary>Gets for how long an answer has been owed; zero where none is.</summary>
    public TimeSpan OwesFor => Interlocked.Read(ref _owesSince) is var since and not 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Something was sent.</summary>
    public void Sent()
    {
        if (Interlocked.Read(ref _owesSince) == 0)
        {
            Interlocked.CompareExchange(ref _owesSince, _time.GetTimestamp(), 0);
        }
    }

    /// <summary>Something has come.</summary>
    public void Heard() => Interlocked.Exchange(ref _owesSince, 0);

    /// <summary>Ends the connection without a word to the other end.</summary>
    public void BreakOff() => _connection.Abort(new ConnectionAbortedException("the other end does not answer"));
}
