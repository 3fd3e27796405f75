using CriAttach.Interfaces.Faults;
using Orleans.Concurrency;

namespace CriAttach.Interfaces.Sessions;

/// <summary>One attach session. Key: <see cref="SessionKey"/>. A façade over its node's session table.</summary>
[GrainInterfaceType("criattach.session"), Alias("criattach.session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Brings the grain to life while the URL is on its way to the client, so that the claim need not wait for that.</summary>
    [Alias("prepare"), AlwaysInterleave, OneWay]
    Task PrepareAsync();

    /// <summary>Makes the caller's connection the owner, once in the whole cluster.</summary>
    /// <param name="request">Who claims.</param>
    [Alias("claim"), AlwaysInterleave, ResponseTimeout("00:00:03")]
    Task<ClaimResult> ClaimAsync(ClaimRequest request);

    /// <summary>Ends the session. The first cause wins; the answer tells which one that was.</summary>
    /// <param name="cause">Why.</param>
    [Alias("end"), AlwaysInterleave]
    Task<EndCause> EndAsync(EndCause cause);

    /// <summary>
    /// A connection is done with the session. It ends with it, unless the client may come back: then it is suspended. A connection that another
    /// one has replaced has nothing to say any more.
    /// </summary>
    /// <param name="connection">The nonce with which the connection claimed the session.</param>
    /// <param name="cause">Why.</param>
    [Alias("leave"), AlwaysInterleave]
    Task LeaveAsync(Guid connection, EndCause cause);

    /// <summary>An operator ends the session.</summary>
    /// <param name="message">A sentence for the client; empty for none.</param>
    /// <returns>Whether there was such a session.</returns>
    [Alias("endByOperator"), AlwaysInterleave]
    Task<bool> EndByOperatorAsync(string message);

    /// <summary>Gives the container's input to this session alone, or back to all peers.</summary>
    /// <param name="hold">Whether it alone is to type.</param>
    /// <returns>The session; none when the node does not know it.</returns>
    /// <exception cref="ContainerStateException">Nobody is there to type, or it did not ask for standard input.</exception>
    [Alias("holdInput"), AlwaysInterleave]
    Task<SessionInfo?> HoldInputAsync(bool hold);

    /// <summary>What the session is now; none when the node does not know it.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<SessionInfo?> GetAsync();
}
