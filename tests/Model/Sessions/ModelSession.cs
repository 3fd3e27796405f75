using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>What is true of a session.</summary>
internal sealed class ModelSession(ContainerKey container, TimeSpan expires)
{
    /// <summary>So many tokens are good of which the client has not heard, the newest one aside.</summary>
    public const int MostUnused = 4;

    private readonly List<string> _unused = [];
    private string _used = "";

    public ContainerKey Container { get; } = container;

    /// <summary>Gets until when it can be claimed.</summary>
    public TimeSpan Expires { get; } = expires;

    public SessionState State { get; set; } = SessionState.Issued;

    /// <summary>Gets or sets the connection that owns it.</summary>
    public Guid Winner { get; set; }

    /// <summary>Gets or sets the gateway of that connection.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>Gets or sets what the winner was answered.</summary>
    public ClaimResult? Claim { get; set; }

    /// <summary>Gets or sets the first winner's answer.</summary>
    public ClaimResult? FirstClaim { get; set; }

    /// <summary>Gets or sets when its gateway was last heard of, or when it was suspended.</summary>
    public TimeSpan Renewed { get; set; }

    /// <summary>Gets or sets why it ended, or is suspended.</summary>
    public EndCause Cause { get; set; }

    /// <summary>Gets or sets a value indicating whether it ended in an earlier life of the silo, which has taken the cause along.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Gets a value indicating whether its client can come back.</summary>
    public bool CanResume => _used.Length > 0 || _unused.Count > 0;

    /// <summary>Whether a token resumes it: the one that was used last, and those given out since.</summary>
    public bool IsResumedBy(string token) => token.Length > 0 && (token == _used || _unused.Contains(token));

    /// <summary>A token was given out.</summary>
    public void Give(string token)
    {
        if (token.Length > 0)
        {
            _unused.Add(token);
        }
    }

    /// <summary>
    /// A token was used, and another one given out: the client has the one, so it needs none from before. Those that it may not have heard of stay good while
    /// it uses the same one.
    /// </summary>
    public void Use(string token, string next)
    {
        if (token != _used)
        {
            _unused.Clear();
        }

        _unused.Remove(next);
        _unused.RemoveRange(0, Math.Max(0, _unused.Count - MostUnused));
        _used = token;
        Give(next);
    }
}
