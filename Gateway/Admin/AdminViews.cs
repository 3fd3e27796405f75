using CriAttach.AdminApi;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin;

/// <summary>The cluster's records in the admin API's words, and back.</summary>
internal static class AdminViews
{
    /// <summary>A node.</summary>
    /// <param name="node">The node.</param>
    public static NodeView Of(NodeInfo node) => new()
    {
        Name = node.Name,
        Version = node.Version,
        Runtimes = node.Runtimes,
        Containers = node.Containers,
        Sessions = node.Sessions,
    };

    /// <summary>A container.</summary>
    /// <param name="info">The container.</param>
    public static ContainerView Of(ContainerInfo info) => new()
    {
        Node = info.Key.Node,
        Id = info.Key.ContainerId,
        Name = info.Spec.Name,
        Runtime = info.Spec.Runtime,
        State = Of(info.State),
        CreatedAt = info.CreatedAt,
        StartedAt = info.StartedAt,
        FinishedAt = info.FinishedAt,
        ExitCode = info.ExitCode,
        Reason = info.Reason,
        Message = info.Message,
        Tty = info.Spec.Tty,
        Stdin = info.Spec.Stdin,
        StdinOnce = info.Spec.StdinOnce,
        Args = info.Spec.Args,
        Namespace = info.Spec.PodNamespace,
        Pod = info.Spec.PodName,
        Labels = info.Spec.Labels,
        LogPath = info.LogPath,
        Pid = info.Pid,
        Recording = info.Recording,
    };

    /// <summary>A session.</summary>
    /// <param name="session">The session.</param>
    public static SessionView Of(SessionInfo session) => new()
    {
        Id = session.Key.Id,
        Node = session.Key.Node,
        Container = session.Container.ContainerId,
        State = session.State switch
        {
            SessionState.Issued => SessionPhase.Issued,
            SessionState.Claimed => SessionPhase.Claimed,
            SessionState.Suspended => SessionPhase.Suspended,
            _ => SessionPhase.Ended,
        },
        Gateway = session.Gateway,
        Stdin = session.Streams.Stdin,
        Stdout = session.Streams.Stdout,
        Stderr = session.Streams.Stderr,
        Tty = session.Streams.Tty,
        IssuedAt = session.IssuedAt,
        ClaimedAt = session.ClaimedAt,
    };

    /// <summary>What a container is to be.</summary>
    /// <param name="body">The request.</param>
    public static ContainerSpec SpecOf(CreateContainerBody body) => new()
    {
        Runtime = body.Runtime ?? "",
        Name = body.Name ?? "",
        Rootfs = body.Rootfs,
        Bundle = body.Bundle,
        Args = body.Args,
        Env = body.Env,
        WorkingDirectory = body.WorkingDirectory ?? "",
        Tty = body.Tty,
        Stdin = body.Stdin,
        StdinOnce = body.StdinOnce,
        PodNamespace = body.Namespace ?? "",
        PodName = body.Pod ?? "",
        Labels = body.Labels,
        Annotations = body.Annotations,
    };

    /// <summary>What a client wants of a session.</summary>
    /// <param name="body">The request.</param>
    public static OpenSessionRequest WishOf(AttachBody body) => new()
    {
        SessionId = "",
        Streams = new AttachStreams { Stdin = body.Stdin, Stdout = body.Stdout, Stderr = body.Stderr, Tty = body.Tty },
        Replay = body.Replay switch
        {
            ReplayMode.None => Replay.None,
            ReplayMode.Tail => Replay.Tail,
            ReplayMode.All => Replay.All,
            _ => Replay.Unseen,
        },
        ReplayBytes = body.ReplayBytes,
        ExitStatus = body.ExitStatus,
        BeforeStart = true,
        Delivery = body.Delivery switch
        {
            DeliveryMode.Throttle => Delivery.Throttle,
            DeliveryMode.NeverBlock => Delivery.NeverBlock,
            _ => Delivery.Unset,
        },
    };

    /// <summary>A state in a query; none for an empty one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="BadHttpRequestException">There is no such state.</exception>
    public static ContainerState? StateOf(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Enum.TryParse<ContainerState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state
        : throw new BadHttpRequestException($"there is no state '{text}'");

    private static ContainerPhase Of(ContainerState state) => state switch
    {
        ContainerState.Created => ContainerPhase.Created,
        ContainerState.Running => ContainerPhase.Running,
        ContainerState.Exited => ContainerPhase.Exited,
        _ => ContainerPhase.Unknown,
    };
}
