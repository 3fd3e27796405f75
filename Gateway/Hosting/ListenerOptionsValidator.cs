using System.Net;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>Refuses to start with an open door, and with addresses that are none.</summary>
internal sealed class ListenerOptionsValidator : IValidateOptions<ListenerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ListenerOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ListenerOptions options)
    {
        const string section = ListenerOptions.Section;
        var stream = Parse(options.StreamAddress);
        if (stream is null)
        {
            yield return $"{section}:StreamAddress is no address:port: '{options.StreamAddress}'";
        }
        else if (!IPAddress.IsLoopback(stream.Address) && !options.StreamAllowPlain)
        {
            yield return $"{section}:StreamAddress is plain HTTP and not loopback: put a TLS proxy in front of it and set {section}:StreamAllowPlain=true";
        }

        if (options.StreamBaseUrl.Length > 0
            && !(Uri.TryCreate(options.StreamBaseUrl, UriKind.Absolute, out var url)
                && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                && url.Query.Length == 0))
        {
            yield return $"{section}:StreamBaseUrl must be an absolute http or https URL without a query: '{options.StreamBaseUrl}'";
        }

        if (options.CriAddress.Length > 0)
        {
            var address = Parse(options.CriAddress);
            var tls = options.CriCertificateFile.Length > 0;
            if (address is null)
            {
                yield return $"{section}:CriAddress is no address:port: '{options.CriAddress}'";
            }
            else if (options.CriTokenFile.Length == 0 && (options.CriClientCaFile.Length == 0 || !tls))
            {
                yield return $"{section}:CriAddress needs {section}:CriTokenFile, or CriCertificateFile, CriKeyFile and CriClientCaFile";
            }
            else if (!tls && !IPAddress.IsLoopback(address.Address) && !options.AllowPlainTokens)
            {
                yield return $"{section}:CriAddress would send the token in the clear: set {section}:CriCertificateFile, or {section}:AllowPlainTokens=true";
            }
        }

        if (options.AdminAddress.Length > 0)
        {
            var address = Parse(options.AdminAddress);
            if (address is null)
            {
                yield return $"{section}:AdminAddress is no address:port: '{options.AdminAddress}'";
            }
            else if (options.AdminTokenFile.Length == 0)
            {
                yield return $"{section}:AdminAddress needs {section}:AdminTokenFile";
            }
            else if (!IPAddress.IsLoopback(address.Address) && !options.AllowPlainTokens)
            {
                yield return $"{section}:AdminAddress would send the token in the clear: keep it on loopback behind a TLS proxy, or set {section}:AllowPlainTokens=true";
            }
        }
    }

    private static IPEndPoint? Parse(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) && text.Contains(':', StringComparison.Ordinal) ? endpoint : null;
}
