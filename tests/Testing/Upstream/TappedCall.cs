namespace CriAttach.Testing.Upstream;

/// <summary>A call as it went over a tapped connection.</summary>
/// <param name="Request">The bytes of the request's body that the server was sent.</param>
/// <param name="Response">The bytes of the response's body that the server sent.</param>
public sealed record TappedCall(byte[] Request, byte[] Response);
