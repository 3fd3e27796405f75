namespace CriAttach.Interfaces.Sessions;

/// <summary>How a claim went.</summary>
[GenerateSerializer, Alias("criattach.ClaimOutcome")]
public enum ClaimOutcome : byte
{
    /// <summary>The connection owns the session.</summary>
    Claimed = 0,

    /// <summary>There is no such session: never issued, expired, or over.</summary>
    Unknown = 1,

    /// <summary>Another connection owns it.</summary>
    AlreadyClaimed = 2,
}
