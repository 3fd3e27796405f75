namespace CriAttach.Interfaces.Sessions;

/// <summary>What a client may do in a session that it shares with others.</summary>
[GenerateSerializer, Alias("criattach.SessionRole")]
public enum SessionRole : byte
{
    /// <summary>It types, if it asked for standard input and nobody else holds the input.</summary>
    Peer = 0,

    /// <summary>It watches. It types only when the input is handed to it, and never sets the terminal's size otherwise.</summary>
    Observer = 1,
}
