using System.Net;

namespace CriAttach.Testing.Admin;

/// <summary>The admin API answered with an error.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The answer's body.</param>
public sealed class AdminException(HttpStatusCode status, string message) : Exception($"{(int)status}: {message}")
{
    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; } = status;
}
