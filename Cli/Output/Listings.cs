using CriAttach.AdminApi;

namespace CriAttach.Cli.Output;

/// <summary>The tables of the lists.</summary>
/// <param name="now">The time that ages count from.</param>
internal sealed class Listings(DateTimeOffset now)
{
    private const int ShortIdLength = 12;
    private const int CommandLength = 32;

    /// <summary>The beginning of an id that people read and type.</summary>
    /// <param name="id">The id.</param>
    public static string ShortId(string id) => id.Length > ShortIdLength ? id[..ShortIdLength] : id;

    /// <summary>Containers.</summary>
    /// <param name="containers">The containers.</param>
    public Table Containers(IEnumerable<ContainerView> containers)
    {
        var table = new Table("CONTAINER ID", "NAME", "NODE", "RUNTIME", "STATUS", "COMMAND", "POD");
        foreach (var container in containers)
        {
            var pod = container.Pod.Length > 0 ? $"{container.Namespace}/{container.Pod}" : "";
            table.Add(
                ShortId(container.Id), container.Name, container.Node, container.Runtime, Status(container),
                Shorten(string.Join(' ', container.Args)), pod);
        }

        return table;
    }

    /// <summary>Nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    public static Table Nodes(NodeList nodes)
    {
        var table = new Table("NODE", "STATUS", "VERSION", "RUNTIMES", "CONTAINERS", "SESSIONS");
        foreach (var node in nodes.Nodes)
        {
            table.Add(node.Name, "ready", node.Version, string.Join(',', node.Runtimes), $"{node.Containers}", $"{node.Sessions}");
        }

        foreach (var name in nodes.UnreachableNodes)
        {
            table.Add(name, "unreachable", "", "", "", "");
        }

        return table;
    }

    /// <summary>Sessions.</summary>
    /// <param name="sessions">The sessions.</param>
    public Table Sessions(IEnumerable<SessionView> sessions)
    {
        var table = new Table("SESSION", "NODE", "CONTAINER", "STATE", "ROLE", "CLIENT", "GATEWAY", "STREAMS", "AGE");
        foreach (var session in sessions)
        {
            table.Add(
                ShortId(session.Id), session.Node, ShortId(session.Container), $"{session.State}".ToLowerInvariant(), Role(session), Client(session),
                session.Gateway, Streams(session), Age.Text(now - (session.ClaimedAt ?? session.IssuedAt)));
        }

        return table;
    }

    /// <summary>Sessions that are over.</summary>
    /// <param name="sessions">The sessions.</param>
    public Table EndedSessions(IEnumerable<SessionView> sessions)
    {
        var table = new Table("SESSION", "NODE", "CONTAINER", "CLIENT", "ENDED", "CAUSE", "MESSAGE");
        foreach (var session in sessions)
        {
            table.Add(
                ShortId(session.Id), session.Node, ShortId(session.Container), Client(session),
                session.EndedAt is { } ended ? $"{Age.Text(now - ended)} ago" : "", $"{session.Cause}", session.Message);
        }

        return table;
    }

    /// <summary>Recordings.</summary>
    /// <param name="recordings">The recordings.</param>
    public Table Recordings(IEnumerable<RecordingView> recordings)
    {
        var table = new Table("RECORDING", "NODE", "CONTAINER", "NAME", "STATE", "BYTES", "SESSIONS", "LASTED", "BEGAN", "REASON");
        foreach (var recording in recordings)
        {
            table.Add(
                recording.Id, recording.Node, ShortId(recording.Container), recording.ContainerName, $"{recording.State}".ToLowerInvariant(),
                $"{recording.Bytes}", $"{recording.Participants.Count}", Age.Text((recording.EndedAt ?? now) - recording.StartedAt),
                $"{Age.Text(now - recording.StartedAt)} ago", recording.Reason);
        }

        return table;
    }

    private static string Role(SessionView session) =>
        session is { Role: SessionRole.Peer, State: SessionPhase.Claimed, Stdin: true, MayType: false } ? "peer, muted"
        : session is { Role: SessionRole.Observer, MayType: true } ? "observer, types"
        : $"{session.Role}".ToLowerInvariant();

    private static string Client(SessionView session) => string.Join(' ', new[] { session.Client, session.Address }.Where(part => part.Length > 0));

    private static string Streams(SessionView session) => string.Join(
        ',',
        new[] { (session.Stdin, "stdin"), (session.Stdout, "stdout"), (session.Stderr, "stderr"), (session.Tty, "tty") }
            .Where(stream => stream.Item1)
            .Select(stream => stream.Item2));

    private static string Shorten(string command) =>
        command.Length > CommandLength ? string.Concat(command.AsSpan(0, CommandLength - 1), "…") : command;

    private string Status(ContainerView container) => container.State switch
    {
        ContainerPhase.Created => $"created {Age.Text(now - container.CreatedAt)} ago",
        ContainerPhase.Running => $"up {Age.Text(now - (container.StartedAt ?? container.CreatedAt))}",
        ContainerPhase.Exited =>
            $"exited ({(container.ExitCode is { } code ? $"{code}" : "?")}) {Age.Text(now - (container.FinishedAt ?? container.CreatedAt))} ago",
        _ => "unknown",
    };
}
