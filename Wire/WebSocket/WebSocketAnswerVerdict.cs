namespace CriAttach.Wire.WebSocket;

/// <summary>What a client makes of a server's answer to its request for a WebSocket.</summary>
public enum WebSocketAnswerVerdict
{
    /// <summary>The connection speaks WebSocket from here on.</summary>
    Accepted,

    /// <summary>The status is not 101: the server refused, and the body may say why.</summary>
    Refused,

    /// <summary>101, but not to WebSocket: <c>Upgrade</c> or <c>Connection</c> is wrong.</summary>
    WrongUpgrade,

    /// <summary><c>Sec-WebSocket-Accept</c> does not fit the key that was sent.</summary>
    WrongAccept,

    /// <summary>The server chose a protocol that was not offered.</summary>
    WrongProtocol,

    /// <summary>The server uses an extension, and none was offered.</summary>
    UnexpectedExtension,
}
