using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>What is true of a session.</summary>
internal sealed class ModelSession(ContainerKey container, TimeSpan expires)
{
    public ContainerKey Container { get; } = container;

    /// <summary>Gets until when it can be claimed.</summary>
    public TimeSpan Expires { get; } = expires;

    public SessionState State { get; set; } = SessionState.Issued;

    /// <summary>Gets or sets the connection that owns it.</summary>
    public Guid Winner { get; set; }

    /// <summary>Gets or sets what the winner was answered.</summary>
    public ClaimResult? Claim { get; set; }

    /// <summary>Gets or sets when its gateway was last heard of.</summary>
    public TimeSpan Renewed { get; set; }

    /// <summary>Gets or sets why it ended.</summary>
    public EndCause Cause { get; set; }

    /// <summary>Gets or sets a value indicating whether it ended in an earlier life of the silo, which has taken the cause along.</summary>
    public bool IsForgotten { get; set; }
}
