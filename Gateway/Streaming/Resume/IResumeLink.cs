using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming.Resume;

/// <summary>What a connection whose client can come back has more than others.</summary>
internal interface IResumeLink
{
    /// <summary>Tells the client how to come back, and from where on input is expected. First of all.</summary>
    /// <param name="hello">The message.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    ValueTask GreetAsync(ResumeHello hello);

    /// <summary>Tells the client something.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="IOException">The connection is gone.</exception>
    ValueTask TellAsync(ResumeMessage message);

    /// <summary>From now on the end of the connection is not that of the session, and the close frame will say so.</summary>
    void Interrupt();
}
