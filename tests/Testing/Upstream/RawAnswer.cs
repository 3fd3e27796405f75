using Grpc.Core;

namespace CriAttach.Testing.Upstream;

/// <summary>All that a gRPC client gets of a call.</summary>
/// <param name="Code">The status.</param>
/// <param name="Message">Its text, as it was sent.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="Headers">The headers, a line each, without those that ASP.NET adds: the date, and that there is no body.</param>
/// <param name="Trailers">What came after the body, a line each.</param>
public sealed record RawAnswer(StatusCode Code, string Message, byte[] Body, IReadOnlyList<string> Headers, IReadOnlyList<string> Trailers);
