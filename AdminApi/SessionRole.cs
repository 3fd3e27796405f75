using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>What a client may do beside others.</summary>
public enum SessionRole
{
    /// <summary>It types, if it asked for standard input and nobody else holds the input.</summary>
    [JsonStringEnumMemberName("peer")]
    Peer = 0,

    /// <summary>It watches; it types only when the input is handed to it.</summary>
    [JsonStringEnumMemberName("observer")]
    Observer = 1,
}
