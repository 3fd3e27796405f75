using CriAttach.AdminApi;
using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin;

/// <summary>The cluster's records in the admin API's words, and back.</summary>
internal static class AdminViews
{
    // What silos call the runtime whose containers are not their own.
    private const string UpstreamRuntime = "criupstream";

    /// <summary>A node.</summary>
    /// <param name="node">The node.</param>
    public static NodeView Of(NodeInfo node) => new()
    {
        Name = node.Name,
        Version = node.Version,
        Runtimes = node.Runtimes,
        Containers = node.Containers,
        Sessions = node.Sessions,
        OutputBytes = node.OutputBytes,
        InputBytes = node.InputBytes,
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
        Owned = info.Spec.Runtime != UpstreamRuntime,
        InputHolder = info.InputHolder,
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
        Role = session.Role == Interfaces.Sessions.SessionRole.Observer ? AdminApi.SessionRole.Observer : AdminApi.SessionRole.Peer,
        MayType = session.MayType,
        OwnsSize = session.OwnsSize,
        Client = session.Client,
        Address = session.Address,
        Delivery = session.Delivery switch
        {
            Delivery.Throttle => DeliveryMode.Throttle,
            Delivery.NeverBlock => DeliveryMode.NeverBlock,
            _ => DeliveryMode.Unset,
        },
        EndedAt = session.EndedAt,
        Cause = (SessionCause)session.Cause,
        Message = session.Message,
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
        Role = body.Role == AdminApi.SessionRole.Observer ? Interfaces.Sessions.SessionRole.Observer : Interfaces.Sessions.SessionRole.Peer,
        Client = ClientLabel.Clean(body.Client ?? ""),
    };

    private static ContainerPhase Of(ContainerState state) => state switch
    {
        ContainerState.Created => ContainerPhase.Created,
        ContainerState.Running => ContainerPhase.Running,
        ContainerState.Exited => ContainerPhase.Exited,
        _ => ContainerPhase.Unknown,
    };
}
