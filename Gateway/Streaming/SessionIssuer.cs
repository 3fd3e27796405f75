using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>Opens sessions on containers' nodes and makes the URLs for them. The token stays here: the node gets its hash.</summary>
/// <param name="nodes">The direct clients.</param>
/// <param name="urls">The URLs.</param>
internal sealed class SessionIssuer(NodeClients nodes, IAttachUrls urls)
{
    /// <summary>Opens a session.</summary>
    /// <param name="container">The container.</param>
    /// <param name="wish">What the client asked for; its session id is filled in here.</param>
    /// <param name="profile">Who is going to open the URL.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IssuedSession> OpenAsync(
        ContainerKey container, OpenSessionRequest wish, UrlProfile profile, CancellationToken cancellationToken)
    {
        var token = AttachToken.Create(container.Node);
        var request = wish with { SessionId = SessionKey.ForToken(container.Node, token).Id };
        using var lease = await nodes.RentAsync(container.Node, cancellationToken);
        var session = await lease.Client.GetGrain<IContainerGrain>(container.ToString()).OpenSessionAsync(request).WaitAsync(cancellationToken);
        return new IssuedSession(urls.For(profile, token), session);
    }
}
