using System.Globalization;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace CriAttach.Gateway.Upstream;

/// <summary>The end of a gRPC call, written by hand: these calls have no generated code.</summary>
internal static class GrpcReply
{
    private const string ContentType = "application/grpc";
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";

    /// <summary>Tells whether the call's end has been said, in the headers or after the body.</summary>
    /// <param name="response">The response.</param>
    public static bool HasStatus(HttpResponse response) =>
        response.Headers.ContainsKey(StatusHeader) || Trailers(response)?.ContainsKey(StatusHeader) == true;

    /// <summary>Tells whether headers end their call: there will be no body.</summary>
    /// <param name="headers">The headers.</param>
    public static bool EndsCall(System.Net.Http.Headers.HttpResponseHeaders headers) => headers.NonValidated.Contains(StatusHeader);

    /// <summary>Ends a call with a fault: in place of a response that has not begun, or after what was sent of one.</summary>
    /// <param name="response">The response.</param>
    /// <param name="status">The fault.</param>
    public static void Fail(HttpResponse response, Status status)
    {
        var trailers = Trailers(response);
        var target = trailers;
        if (!response.HasStarted)
        {
            trailers?.Clear();
            response.Clear();
            response.ContentType = ContentType;
            target = response.Headers;
        }

        if (target is { IsReadOnly: false })
        {
            target[StatusHeader] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
            target[MessageHeader] = Escape(status.Detail);
        }
    }

    private static IHeaderDictionary? Trailers(HttpResponse response) => response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;

    /// <summary>Printable ASCII stays; the percent sign and everything else become %XX, byte by byte of UTF-8.</summary>
    private static string Escape(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return text.ToString();
    }
}
