namespace CriAttach.Gateway.KubeApi;

/// <summary>Ends a request with a status.</summary>
/// <param name="status">The status.</param>
internal sealed class KubeStatusException(KubeStatus status) : Exception(status.Message)
{
    /// <summary>Gets the status.</summary>
    public KubeStatus Status { get; } = status;
}
