namespace CriAttach.Gateway.Streaming.Resume;

/// <summary>Where clients resume their sessions.</summary>
internal interface IResumeUrls
{
    /// <summary>Gets the URLs that a token is put behind, of this gateway and of others.</summary>
    IReadOnlyList<string> All { get; }
}
