using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Gateways;

/// <summary>Says what went wrong with a gateway, and what to do.</summary>
internal static class GatewayFault
{
    /// <summary>Makes a fault of an answer that is no success.</summary>
    /// <param name="address">The gateway.</param>
    /// <param name="response">Its answer.</param>
    /// <param name="cancellationToken">Ends the reading of it.</param>
    public static async Task<GatewayException> ReadAsync(
        GatewayAddress address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var told = await DetailAsync(response, cancellationToken);
        return new GatewayException(
            response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                    With($"{address} does not accept the token: name the gateway's token file with --token-file", told),
                _ when told.Length > 0 => told,
                _ => $"{address} answered {status} {response.ReasonPhrase} without a reason: is it a CriAttach gateway of this version?",
            },
            status);
    }

    /// <summary>Makes a fault of a connection that did not come about, or broke.</summary>
    /// <param name="address">The gateway.</param>
    /// <param name="fault">The cause.</param>
    public static GatewayException Unreachable(GatewayAddress address, HttpRequestException fault)
    {
        var socket = fault.InnerException as SocketException ?? fault.InnerException?.InnerException as SocketException;
        var why = socket?.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable or SocketError.ConnectionRefused or SocketError.HostNotFound =>
                $"nothing listens there. Does the gateway run? Another address is named with --gateway or {GatewayAddress.Variable}",
            SocketError.AccessDenied => "permission denied. Only the gateway's user may use its socket",
            _ => fault.InnerException?.Message ?? fault.Message,
        };
        return new GatewayException($"cannot reach the gateway at {address}: {why}", inner: fault);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != AdminRoutes.ProblemMediaType)
        {
            return "";
        }

        try
        {
            var problem = await response.Content.ReadFromJsonAsync(AdminJson.Default.Problem, cancellationToken);
            return problem is null ? "" : problem.Detail.Length > 0 ? problem.Detail : problem.Title;
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string With(string what, string detail) => detail.Length > 0 ? $"{what} ({detail})" : what;
}
