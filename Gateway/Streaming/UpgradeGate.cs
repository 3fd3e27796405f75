namespace CriAttach.Gateway.Streaming;

/// <summary>Asked when a request was found in order, right before it is answered by 101.</summary>
/// <returns>False when there is nothing to upgrade for: the gate has then answered the request itself.</returns>
internal delegate Task<bool> UpgradeGate();
