using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Cluster;

/// <summary>Questions and orders about nodes and containers, asked where the answer lives.</summary>
/// <param name="membership">The nodes.</param>
/// <param name="nodes">The direct clients.</param>
/// <param name="cluster">The ordinary client, which says why there is no cluster.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ClusterQueries(
    Membership membership, NodeClients nodes, ClusterConnection cluster, TimeProvider time, ILogger<ClusterQueries> logger)
{
    // Watchers ask twice a second: a node's silence about a question is logged once, until it answers that question again.
    private readonly ConcurrentDictionary<(string Node, string Question), byte> _silent = new();

    // A silo of the release before logs each call that it does not know, so it is asked once in its life.
    private readonly ConcurrentDictionary<(string Node, string Question), int> _unknown = new();

    /// <summary>What a container is now.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ContainerInfo> GetContainerAsync(ContainerKey container, CancellationToken cancellationToken) =>
        nodes.AskAsync(container.Node, client => Grain(client, container).GetAsync().WaitAsync(cancellationToken), cancellationToken);

    /// <summary>A page of a container's log.</summary>
    /// <param name="container">The container.</param>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<LogPage> ReadLogAsync(ContainerKey container, LogRequest request, CancellationToken cancellationToken) =>
        nodes.AskAsync(container.Node, client => Grain(client, container).ReadLogAsync(request).WaitAsync(cancellationToken), cancellationToken);

    /// <summary>The containers of one node, or of all that answer.</summary>
    /// <param name="node">The node; none for all.</param>
    /// <param name="filter">Which containers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NodeUnavailableException">The node, or every node, is out of reach.</exception>
    public Task<ClusterList<ContainerInfo>> ListContainersAsync(string? node, ContainerFilter filter, CancellationToken cancellationToken) =>
        AskOneOrAllAsync(node, grain => grain.ListContainersAsync(filter), cancellationToken);

    /// <summary>The live sessions of one node, or of all that answer.</summary>
    /// <param name="node">The node; none for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<SessionInfo>> ListSessionsAsync(string? node, CancellationToken cancellationToken) =>
        AskOneOrAllAsync(node, grain => grain.ListSessionsAsync(), cancellationToken);

    /// <summary>The sessions that ended last on one node, or on all that answer.</summary>
    /// <param name="node">The node; none for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<SessionInfo>> ListEndedSessionsAsync(string? node, CancellationToken cancellationToken) =>
        AskOneOrAllAsync(node, grain => grain.ListEndedSessionsAsync(), cancellationToken);

    /// <summary>Ends a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="message">A sentence for its client; empty for none.</param>
    /// <returns>Whether there was such a session.</returns>
    public Task<bool> EndSessionAsync(SessionKey session, string message) =>
        OrderAsync(session.Node, client => client.GetGrain<ISessionGrain>(session.ToString()).EndByOperatorAsync(message));

    /// <summary>Gives a container's input to a session alone, or back to all peers.</summary>
    /// <param name="session">The session.</param>
    /// <param name="hold">Whether it alone is to type.</param>
    /// <returns>The session; none when there is none.</returns>
    public Task<SessionInfo?> HoldInputAsync(SessionKey session, bool hold) =>
        OrderAsync(session.Node, client => client.GetGrain<ISessionGrain>(session.ToString()).HoldInputAsync(hold));

    /// <summary>The recordings of one node, or of all that answer.</summary>
    /// <param name="node">The node; none for all.</param>
    /// <param name="containerId">The container that they are of; empty for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NodeUnavailableException">The node, or every node, is out of reach.</exception>
    public Task<ClusterList<RecordingInfo>> ListRecordingsAsync(string? node, string containerId, CancellationToken cancellationToken) =>
        AskOneOrAllAsync(node, grain => grain.ListRecordingsAsync(containerId), cancellationToken);

    /// <summary>A page of a recording.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="id">The recording.</param>
    /// <param name="offset">Where the page begins.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<RecordingPage> ReadRecordingAsync(string node, string id, long offset, CancellationToken cancellationToken) =>
        AskAsync(node, grain => grain.ReadRecordingAsync(id, offset), cancellationToken);

    /// <summary>The nodes that answer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<NodeInfo>> ListNodesAsync(CancellationToken cancellationToken) =>
        AskAllAsync(WhatItIsAsync, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>The node with the fewest containers.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> ChooseNodeAsync(CancellationToken cancellationToken) =>
        (await ListNodesAsync(cancellationToken)).Items.MinBy(node => node.Containers)!.Name;

    /// <summary>Makes a container and, unless told otherwise, starts it. One that cannot be started is removed again.</summary>
    /// <param name="node">The node.</param>
    /// <param name="spec">What it is to be.</param>
    /// <param name="start">Whether to start it.</param>
    public Task<ContainerInfo> CreateContainerAsync(string node, ContainerSpec spec, bool start) => OrderAsync(node, async client =>
    {
        var info = await client.GetGrain<INodeGrain>(node).CreateContainerAsync(spec);
        if (!start)
        {
            return info;
        }

        var container = Grain(client, info.Key);
        try
        {
            return await container.StartAsync();
        }
        catch (CriAttachException)
        {
            await container.RemoveAsync(force: true);
            throw;
        }
    });

    /// <summary>Starts a container.</summary>
    /// <param name="container">The container.</param>
    public Task<ContainerInfo> StartContainerAsync(ContainerKey container) => OrderAsync(container.Node, client => Grain(client, container).StartAsync());

    /// <summary>Stops a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="grace">How long PID 1 may take.</param>
    public Task<ContainerInfo> StopContainerAsync(ContainerKey container, TimeSpan grace) =>
        OrderAsync(container.Node, client => Grain(client, container).StopAsync(grace));

    /// <summary>Removes a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="force">Whether to kill PID 1 first.</param>
    public Task RemoveContainerAsync(ContainerKey container, bool force) =>
        nodes.TellAsync(container.Node, client => Grain(client, container).RemoveAsync(force), CancellationToken.None);

    private static IContainerGrain Grain(IClusterClient client, ContainerKey container) => client.GetGrain<IContainerGrain>(container.ToString());

    /// <summary>An order is carried out whoever still waits for it. Its node's own client takes it, which is back before the ordinary one after a restart.</summary>
    private Task<T> OrderAsync<T>(string node, Func<IClusterClient, Task<T>> order) => nodes.AskAsync(node, order, CancellationToken.None);

    private Task<T> AskAsync<T>(string node, Func<INodeGrain, Task<T>> question, CancellationToken cancellationToken) =>
        nodes.AskAsync(node, client => question(client.GetGrain<INodeGrain>(node)).WaitAsync(cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<NodeInfo>> WhatItIsAsync(INodeGrain grain) => [await grain.GetAsync()];

    private async Task<ClusterList<T>> AskOneOrAllAsync<T>(
        string? node, Func<INodeGrain, Task<IReadOnlyList<T>>> question, CancellationToken cancellationToken, [CallerMemberName] string name = "") =>
        string.IsNullOrEmpty(node)
            ? await AskAllAsync(question, Timeout.InfiniteTimeSpan, cancellationToken, name)
            : new(await AskAsync(node, question, cancellationToken), []) { Answered = [node] };

    private async Task<ClusterList<T>> AskAllAsync<T>(
        Func<INodeGrain, Task<IReadOnlyList<T>>> question, TimeSpan patience, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        var all = membership.Current.Nodes;
        if (all.Count == 0)
        {
            all = (await membership.RefreshAsync(cancellationToken)).Nodes;
        }

        if (all.Count == 0)
        {
            throw new NodeUnavailableException(cluster.IsConnected ? "no node of the cluster is active" : cluster.Trouble);
        }

        var answers = await Task.WhenAll(all.Select(node => TryAskAsync(node, question, name, patience, cancellationToken)));
        return new ClusterList<T>(
            [.. answers.SelectMany(answer => answer ?? [])],
            [.. all.Where((_, index) => answers[index] is null).Select(node => node.Name)])
        {
            Answered = [.. all.Where((_, index) => answers[index] is not null).Select(node => node.Name)],
        };
    }

    private async Task<IReadOnlyList<T>?> TryAskAsync<T>(
        ClusterNode node, Func<INodeGrain, Task<IReadOnlyList<T>>> question, string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        var key = (node.Name, name);
        if (_unknown.TryGetValue(key, out var life) && life == node.Incarnation)
        {
            return [];
        }

        try
        {
            // Past the patience the call goes on by itself, to its own timeout: it gives the client back in the end.
            var answer = await AskAsync(node.Name, question, cancellationToken).WaitAsync(patience, time, cancellationToken);
            _silent.TryRemove(key, out _);
            return answer;
        }
        catch (TypeLoadException fault) when (IsUnknownCall(fault))
        {
            // It has nothing of what its release does not know.
            _silent.TryRemove(key, out _);
            _unknown[key] = node.Incarnation;
            return [];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (_silent.TryAdd(key, 0))
            {
                Log.NodeSilent(logger, node.Name, name, fault);
            }

            return null;
        }
    }

    // What Orleans answers to a call of a method that the silo has not: it cannot resolve the alias of the call, ("inv", ..., "method").
    private static bool IsUnknownCall(TypeLoadException fault) => fault.Message.Contains("(\"inv\",", StringComparison.Ordinal);
}
