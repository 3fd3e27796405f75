namespace CriAttach.Gateway.Streaming;

/// <summary>Says which URLs the callers of a listener get.</summary>
internal interface IUrlProfileSelector
{
    /// <summary>The profile of the listener that took a request.</summary>
    /// <param name="context">The request.</param>
    UrlProfile For(HttpContext context);
}
