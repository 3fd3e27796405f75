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

        foreach (var (setting, url) in options.ResumeBaseUrls.Select((url, at) => ($"ResumeBaseUrls:{at}", url)).Prepend(("StreamBaseUrl", options.StreamBaseUrl)))
        {
            if (url.Length > 0 && !IsBase(url))
            {
                yield return $"{section}:{setting} must be an absolute http or https URL without a query: '{url}'";
            }
        }

        if (options.AdminBaseUrl.Length > 0 && !(IsBase(options.AdminBaseUrl) && new Uri(options.AdminBaseUrl).AbsolutePath == "/"))
        {
            yield return $"{section}:AdminBaseUrl must be http or https, a host and perhaps a port: the page lives at the top of its origin: '{options.AdminBaseUrl}'";
        }
        else if (options.AdminBaseUrl.Length > 0 && options.AdminAddress.Length == 0)
        {
            yield return $"{section}:AdminBaseUrl needs {section}:AdminAddress";
        }

        var criTls = options.CriCertificateFile.Length > 0;
        var criProof = options.CriTokenFile.Length > 0 || (options.CriClientCaFile.Length > 0 && criTls);
        foreach (var fault in TcpFaults(
            "CriAddress", options.CriAddress, criProof, $"{section}:CriTokenFile, or CriCertificateFile, CriKeyFile and CriClientCaFile", criTls, options)
            .Concat(TcpFaults("AdminAddress", options.AdminAddress, options.AdminTokenFile.Length > 0, $"{section}:AdminTokenFile", isTls: false, options))
            .Concat(TcpFaults(
                "KubeAddress", options.KubeAddress, options.KubeTokenFile.Length > 0, $"{section}:KubeTokenFile", options.KubeCertificateFile.Length > 0, options))
            .Concat(KeyFaults("Cri", options.CriCertificateFile, options.CriKeyFile))
            .Concat(KeyFaults("Kube", options.KubeCertificateFile, options.KubeKeyFile)))
        {
            yield return fault;
        }
    }

    /// <summary>A TCP listener that asks for a secret: there must be one, and nobody may read it on the way.</summary>
    private static IEnumerable<string> TcpFaults(string name, string address, bool hasProof, string proof, bool isTls, ListenerOptions options)
    {
        const string section = ListenerOptions.Section;
        if (address.Length == 0)
        {
            yield break;
        }

        if (Parse(address) is not { } endpoint)
        {
            yield return $"{section}:{name} is no address:port: '{address}'";
        }
        else if (!hasProof)
        {
            yield return $"{section}:{name} needs {proof}";
        }
        else if (!isTls && !IPAddress.IsLoopback(endpoint.Address) && !options.AllowPlainTokens)
        {
            yield return $"{section}:{name} would send the token in the clear: give it a certificate where it takes one, keep it on loopback behind a TLS proxy, or set {section}:AllowPlainTokens=true";
        }
    }

    private static IEnumerable<string> KeyFaults(string listener, string certificate, string key)
    {
        if (certificate.Length > 0 != key.Length > 0)
        {
            yield return $"{ListenerOptions.Section}:{listener}CertificateFile and {listener}KeyFile need each other";
        }
    }

    private static bool IsBase(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length == 0;

    private static IPEndPoint? Parse(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) && text.Contains(':', StringComparison.Ordinal) ? endpoint : null;
}
