using CriAttach.Grains.Placement;
using CriAttach.Interfaces.Sessions;
using Orleans.GrainDirectory;
using Orleans.Placement;

namespace CriAttach.Grains.Sessions;

/// <summary>A façade over the node's session table; losing the activation loses nothing. It goes when its session does, and soon in any case: tokens come and go by the thousand.</summary>
[GrainType("criattach.session"), NodePlacement, GrainDirectory(NodeGrainDirectory.Name), Immovable, CollectionAgeLimit(Minutes = 2)]
internal sealed class SessionGrain(SessionTable table, NodeGuard guard) : Grain, ISessionGrain
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private SessionKey _key;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = SessionKey.Parse(this.GetPrimaryKeyString());
        guard.ThrowIfElsewhere(_key.Node);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PrepareAsync()
    {
        if (table.Find(_key.Id) is { State: SessionState.Issued } issued)
        {
            // Nobody else would tell the activation that the token has run out unused.
            this.RegisterGrainTimer(LeaveUnclaimedAsync, new GrainTimerCreationOptions
            {
                DueTime = issued.ExpiresAt - issued.IssuedAt + Grace,
                Period = Timeout.InfiniteTimeSpan,
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ClaimResult> ClaimAsync(ClaimRequest request)
    {
        var claim = table.Claim(_key.Id, request);
        if (claim.Outcome == ClaimOutcome.Unknown)
        {
            // Anyone may come with any token; one that opens nothing must not cost memory.
            DeactivateOnIdle();
        }

        return table.WhenRecordedAsync(claim);
    }

    /// <inheritdoc/>
    public Task<EndCause> EndAsync(EndCause cause)
    {
        DeactivateOnIdle();
        return Task.FromResult(table.End(_key.Id, cause));
    }

    /// <inheritdoc/>
    public Task LeaveAsync(Guid connection, EndCause cause)
    {
        DeactivateOnIdle();
        table.Leave(_key.Id, connection, cause);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> EndByOperatorAsync(string message)
    {
        DeactivateOnIdle();
        return Task.FromResult(table.Find(_key.Id) is not null && table.End(_key.Id, EndCause.EndedByOperator, message) == EndCause.EndedByOperator);
    }

    /// <inheritdoc/>
    public Task<SessionInfo?> HoldInputAsync(bool hold) => Task.FromResult(table.HoldInput(_key.Id, hold));

    /// <inheritdoc/>
    public Task<SessionInfo?> GetAsync() => Task.FromResult(table.Find(_key.Id));

    private Task LeaveUnclaimedAsync(CancellationToken cancellationToken)
    {
        if (table.Find(_key.Id) is null)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }
}
