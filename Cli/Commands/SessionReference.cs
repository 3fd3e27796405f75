using CriAttach.AdminApi;
using CriAttach.Cli.Gateways;

namespace CriAttach.Cli.Commands;

/// <summary>Finds the session that a person means.</summary>
internal static class SessionReference
{
    /// <summary>The live session whose id begins as given.</summary>
    /// <param name="context">The world.</param>
    /// <param name="client">The gateway.</param>
    /// <param name="reference">The id, or a unique beginning of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandException">There is none, or more than one.</exception>
    public static async Task<SessionView> FindAsync(CommandContext context, AdminClient client, string reference, CancellationToken cancellationToken)
    {
        if (reference.Length == 0)
        {
            throw new CommandException("name a session by its id, or a beginning of it");
        }

        var list = await client.ListSessionsAsync(ended: false, cancellationToken);
        context.WarnOfUnreachable(list.UnreachableNodes, "the sessions");
        var matching = list.Sessions.Where(session => session.Id.StartsWith(reference, StringComparison.Ordinal)).ToList();
        return matching.Count switch
        {
            1 => matching[0],
            0 => throw new CommandException($"there is no session '{reference}': look at 'criattach sessions'"),
            _ => throw new CommandException($"{matching.Count} sessions begin with '{reference}'"),
        };
    }
}
