using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Kube;

/// <summary>What the gateways under test and their Kubernetes clients share: a token, a certificate for loopback, kubeconfig files.</summary>
public sealed class KubeAccess
{
    /// <summary>The token.</summary>
    public const string Token = "kube-0123456789abcdef";

    private readonly string _directory;

    internal KubeAccess(string directory)
    {
        _directory = directory;
        File.WriteAllText(TokenFile, Token);
        WriteCertificate();
    }

    private string TokenFile => Path.Combine(_directory, "kube.token");

    private string CertificateFile => Path.Combine(_directory, "kube.crt");

    private string KeyFile => Path.Combine(_directory, "kube.key");

    /// <summary>Makes a gateway serve the API.</summary>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="isTls">Whether over TLS.</param>
    internal KubeServer Serve(string gateway, Dictionary<string, string> settings, bool isTls)
    {
        var authority = $"127.0.0.1:{LoopbackPorts.Next()}";
        settings["CriAttach:Gateway:KubeAddress"] = authority;
        settings["CriAttach:Gateway:KubeTokenFile"] = TokenFile;
        if (isTls)
        {
            settings["CriAttach:Gateway:KubeCertificateFile"] = CertificateFile;
            settings["CriAttach:Gateway:KubeKeyFile"] = KeyFile;
        }

        var server = new Uri($"{(isTls ? "https" : "http")}://{authority}");
        var config = Path.Combine(_directory, $"{gateway}.kubeconfig");
        var authorities = isTls ? $", certificate-authority: {CertificateFile}" : "";
        File.WriteAllText(config, $"""
            apiVersion: v1
            kind: Config
            current-context: criattach
            clusters: [{"{"}name: criattach, cluster: {"{"}server: "{server.AbsoluteUri.TrimEnd('/')}"{authorities}{"}"}{"}"}]
            users: [{"{"}name: criattach, user: {"{"}token: {Token}{"}"}{"}"}]
            contexts: [{"{"}name: criattach, context: {"{"}cluster: criattach, user: criattach{"}"}{"}"}]
            """);
        return new KubeServer(server, config);
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=criattach", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
