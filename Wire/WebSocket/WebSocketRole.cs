namespace CriAttach.Wire.WebSocket;

/// <summary>Which end of the connection reads or writes. It decides who masks.</summary>
public enum WebSocketRole
{
    /// <summary>Reads masked frames, writes plain ones.</summary>
    Server,

    /// <summary>Reads plain frames, writes masked ones.</summary>
    Client,
}
