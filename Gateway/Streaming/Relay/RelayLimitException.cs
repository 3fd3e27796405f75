namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>As many URLs as there may be wait for their clients.</summary>
internal sealed class RelayLimitException() : Exception(Text)
{
    /// <summary>The Kubernetes library's words.</summary>
    public const string Text = "maximum number of in-flight requests exceeded";
}
