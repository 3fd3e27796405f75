using CriAttach.Interfaces.Sessions;
using CriAttach.Model.Tests.Input;
using CriAttach.Model.Tests.Output;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>A token and those who come with it.</summary>
internal sealed class SessionClient(string id, Guid nonce, bool canResume, bool isHonest)
{
    public string Id { get; } = id;

    /// <summary>Gets the nonce of the connection that comes first.</summary>
    public Guid Nonce { get; } = nonce;

    /// <summary>Gets a value indicating whether it comes back when its connection breaks.</summary>
    public bool CanResume { get; } = canResume;

    /// <summary>Gets a value indicating whether it comes with the newest token that it was told, and never with another one.</summary>
    public bool IsHonest { get; } = isHonest;

    /// <summary>Gets or sets a value indicating whether its gateway knows that it is open, and has given its token away.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Gets or sets the connection that was told it had won.</summary>
    public Guid? Winner { get; set; }

    /// <summary>Gets or sets what it was told.</summary>
    public ClaimResult? Claim { get; set; }

    /// <summary>Gets the gateways that believe they have it, and renew it.</summary>
    public SortedSet<string> Holders { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the connection that it has; none when that broke.</summary>
    public Guid? Connection { get; set; }

    /// <summary>Gets or sets the attempt to come back that it waits for.</summary>
    public Guid? Attempt { get; set; }

    /// <summary>Gets the tokens of its connections: the newest that it was told is the last. First those that it may not have heard of.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>Gets or sets how often it has come with its newest token.</summary>
    public int Attempts { get; set; }

    /// <summary>Gets or sets how often it had come with the one before when it was told the newest: so many may still be under way.</summary>
    public int AttemptsBefore { get; set; }

    /// <summary>Gets or sets who types in it.</summary>
    public Typist? Typist { get; set; }

    /// <summary>Gets or sets who reads in it.</summary>
    public Viewer? Viewer { get; set; }

    /// <summary>The token that a connection of it gives out.</summary>
    public string TokenOf(Guid connection) => CanResume ? $"r{connection:N}" : "";
}
