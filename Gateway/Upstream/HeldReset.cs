using Microsoft.AspNetCore.Http.Features;

namespace CriAttach.Gateway.Upstream;

/// <summary>Keeps the forwarder from cutting the client's stream when the runtime is lost in the middle of a response: the client is told instead.</summary>
internal sealed class HeldReset : IHttpResetFeature
{
    /// <inheritdoc/>
    public void Reset(int errorCode)
    {
        // What went wrong is in the forwarder's own answer; the caller says it in the trailers.
    }
}
