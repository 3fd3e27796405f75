using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>Something that this gateway serves over a client's connection: an attach, an exec, a port-forward.</summary>
internal interface ILiveSession
{
    /// <summary>Gets for how long nothing has moved.</summary>
    TimeSpan IdleFor { get; }

    /// <summary>Serves the client until everything is over. Once.</summary>
    /// <returns>Why it ended.</returns>
    Task<EndCause> RunAsync();

    /// <summary>Ends the session, unless something else has ended it before.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="detail">A sentence for the client.</param>
    void TryEnd(EndCause cause, string detail = "");

    /// <summary>Asks the client to go to another gateway, if it can.</summary>
    Task MoveAsync() => Task.CompletedTask;
}
