namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>What a token stands for.</summary>
/// <param name="Id">The relay's name in logs: the beginning of the token's hash, so no secret.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Upstream">The runtime's URL. It carries the runtime's own token: never log it.</param>
/// <param name="Streams">What an exec asked for; none for a port-forward.</param>
internal sealed record RelayTarget(string Id, RelayKind Kind, Uri Upstream, ExecStreams? Streams)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Id}";
}
