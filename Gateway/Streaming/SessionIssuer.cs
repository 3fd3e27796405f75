using System.Buffers;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>Opens sessions on containers' nodes and makes the URLs for them. The token stays here: the node gets its hash.</summary>
/// <param name="nodes">The direct clients.</param>
/// <param name="locator">Finds containers.</param>
/// <param name="urls">The URLs.</param>
/// <param name="live">The sessions.</param>
/// <param name="identity">This gateway.</param>
internal sealed class SessionIssuer(NodeClients nodes, ContainerLocator locator, IAttachUrls urls, LiveSessions live, IOptions<GatewayIdentity> identity)
{
    private const int FullIdLength = 64;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>Opens a session of a container that is named by reference.</summary>
    /// <param name="reference">What <see cref="ContainerLocator.FindAsync"/> takes.</param>
    /// <param name="wish">What the client asked for; its session id is filled in here.</param>
    /// <param name="profile">Who is going to open the URL.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IssuedSession> OpenAsync(
        string reference, OpenSessionRequest wish, UrlProfile profile, CancellationToken cancellationToken)
    {
        if (identity.Value.Node is { Length: > 0 } own && IsFullId(reference))
        {
            // The kubelet names its own node's containers in full: no need to ask where they are.
            try
            {
                return await OpenAsync(ContainerKey.For(own, reference), wish, profile, cancellationToken);
            }
            catch (Exception fault) when (SaysNothingOfTheContainer(fault) && !cancellationToken.IsCancellationRequested)
            {
                // It is elsewhere, or its node is out of reach: the search tells.
            }
        }

        return await OpenAsync(await locator.FindAsync(reference, cancellationToken), wish, profile, cancellationToken);
    }

    /// <summary>Opens a session.</summary>
    /// <param name="container">The container.</param>
    /// <param name="wish">What the client asked for; its session id is filled in here.</param>
    /// <param name="profile">Who is going to open the URL.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IssuedSession> OpenAsync(
        ContainerKey container, OpenSessionRequest wish, UrlProfile profile, CancellationToken cancellationToken)
    {
        var (token, session) = await IssueAsync(container, wish, cancellationToken);
        return new IssuedSession(urls.For(profile, token), session);
    }

    /// <summary>Opens a session that is going to be claimed here.</summary>
    /// <param name="container">The container.</param>
    /// <param name="wish">What the client asked for; its session id is filled in here.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<(string Token, SessionInfo Session)> IssueAsync(ContainerKey container, OpenSessionRequest wish, CancellationToken cancellationToken)
    {
        if (live.IsDraining)
        {
            throw new GatewayDrainingException();
        }

        var token = AttachToken.Create(container.Node);
        var request = wish with { SessionId = SessionKey.ForToken(container.Node, token).Id };
        var session = await nodes.AskAsync(
            container.Node, client => client.GetGrain<IContainerGrain>(container.ToString()).OpenSessionAsync(request).WaitAsync(cancellationToken), cancellationToken);

        // A node of the release before knows no observers, and would let this one type.
        return session.Role == wish.Role
            ? (token, session)
            : throw new NodeUnavailableException($"the silo of node '{container.Node}' is of a release that knows no observers");
    }

    private static bool SaysNothingOfTheContainer(Exception fault) =>
        fault is not CriAttachException or ContainerNotFoundException or NodeUnavailableException;

    private static bool IsFullId(string reference) =>
        reference.Length == FullIdLength && !reference.AsSpan().ContainsAnyExcept(IdCharacters);
}
