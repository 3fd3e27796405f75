using CriAttach.Interfaces.Sessions;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>A token and those who come with it.</summary>
internal sealed class SessionClient(string id, Guid nonce)
{
    public string Id { get; } = id;

    /// <summary>Gets the nonce of the connection that comes first.</summary>
    public Guid Nonce { get; } = nonce;

    /// <summary>Gets or sets a value indicating whether its gateway knows that it is open, and has given its token away.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Gets or sets the connection that was told it had won.</summary>
    public Guid? Winner { get; set; }

    /// <summary>Gets or sets what it was told.</summary>
    public ClaimResult? Claim { get; set; }

    /// <summary>Gets or sets a value indicating whether its gateway renews it.</summary>
    public bool IsHeld { get; set; }
}
