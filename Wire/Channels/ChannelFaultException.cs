namespace CriAttach.Wire.Channels;

/// <summary>A channel message that ends the session: its frame was sound, its content was not.</summary>
/// <param name="closeCode">The code for the close frame.</param>
/// <param name="message">What was wrong.</param>
public sealed class ChannelFaultException(ushort closeCode, string message) : Exception(message)
{
    /// <summary>The code to put into the close frame.</summary>
    public ushort CloseCode { get; } = closeCode;
}
