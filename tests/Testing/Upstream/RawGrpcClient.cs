using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CriAttach.Testing.Http;
using Grpc.Core;

namespace CriAttach.Testing.Upstream;

/// <summary>A gRPC client that looks at bytes.</summary>
/// <param name="socketPath">The server's socket.</param>
public sealed class RawGrpcClient(string socketPath) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(UnixSocketHandler.For(socketPath));

    /// <summary>Makes a unary call, and takes all of its answer.</summary>
    /// <param name="path">The method's path.</param>
    /// <param name="message">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<RawAnswer> CallAsync(string path, byte[] message, CancellationToken cancellationToken = default)
    {
        using ByteArrayContent content = new(GrpcBytes.Framed(message));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        using HttpRequestMessage request = new(HttpMethod.Post, "http://localhost" + path)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var status = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return new RawAnswer(
            (StatusCode)int.Parse(status.GetValues("grpc-status").Single(), CultureInfo.InvariantCulture),
            status.TryGetValues("grpc-message", out var text) ? text.Single() : "",
            body,
            [.. Lines(response.Headers).Concat(Lines(response.Content.Headers)).Order(StringComparer.Ordinal)],
            [.. Lines(response.TrailingHeaders).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static IEnumerable<string> Lines(HttpHeaders headers) =>
        headers.NonValidated.Where(header => header.Key != "Date" && !(header.Key == "Content-Length" && header.Value.ToString() == "0")).Select(header => $"{header.Key}: {header.Value}");
}
