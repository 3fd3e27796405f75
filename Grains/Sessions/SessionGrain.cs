using CriAttach.Grains.Placement;
using CriAttach.Interfaces.Sessions;
using Orleans.GrainDirectory;
using Orleans.Placement;

namespace CriAttach.Grains.Sessions;

/// <summary>A façade over the node's session table; losing the activation loses nothing.</summary>
[GrainType("criattach.session"), NodePlacement, GrainDirectory(NodeGrainDirectory.Name), Immovable]
internal sealed class SessionGrain(SessionTable table, NodeGuard guard) : Grain, ISessionGrain
{
    private SessionKey _key;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = SessionKey.Parse(this.GetPrimaryKeyString());
        guard.ThrowIfElsewhere(_key.Node);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PrepareAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ClaimResult> ClaimAsync(ClaimRequest request) => table.WhenRecordedAsync(table.Claim(_key.Id, request));

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
}
