using System.ComponentModel.DataAnnotations;

namespace CriAttach.Gateway.Hosting;

/// <summary>Where the gateway listens. Section <c>CriAttach:Gateway</c>.</summary>
internal sealed class ListenerOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Gateway";

    /// <summary>Gets or sets the unix socket of the CRI endpoint, mode 0600; empty for none. Default: <c>/run/criattach/cri.sock</c>.</summary>
    public string CriSocket { get; set; } = "/run/criattach/cri.sock";

    /// <summary>Gets or sets the CRI endpoint over TCP, <c>address:port</c>; empty for none. Needs <see cref="CriTokenFile"/> or a client CA.</summary>
    public string CriAddress { get; set; } = "";

    /// <summary>Gets or sets the file whose content is the bearer token of the CRI TCP endpoint.</summary>
    public string CriTokenFile { get; set; } = "";

    /// <summary>Gets or sets the certificate (PEM) of the CRI TCP endpoint; empty for plain HTTP/2.</summary>
    public string CriCertificateFile { get; set; } = "";

    /// <summary>Gets or sets the private key (PEM) of <see cref="CriCertificateFile"/>.</summary>
    public string CriKeyFile { get; set; } = "";

    /// <summary>Gets or sets the CA (PEM) that must have signed the certificates of CRI clients; empty asks for none.</summary>
    public string CriClientCaFile { get; set; } = "";

    /// <summary>Gets or sets where clients open attach URLs. Default: <c>127.0.0.1:0</c>, any free port.</summary>
    [Required]
    public string StreamAddress { get; set; } = "127.0.0.1:0";

    /// <summary>Gets or sets the base of the URLs for clients elsewhere; empty for <c>http://&lt;StreamAddress&gt;</c>.</summary>
    public string StreamBaseUrl { get; set; } = "";

    /// <summary>Gets the bases of the URLs by which clients resume a session, those of the other gateways too; none for the one that this gateway hands out.</summary>
    public IList<string> ResumeBaseUrls { get; init; } = [];

    /// <summary>Gets or sets a value indicating whether <see cref="StreamAddress"/> may be other than loopback although it is plain HTTP, as behind a TLS proxy. Default: false.</summary>
    public bool StreamAllowPlain { get; set; }

    /// <summary>Gets or sets the unix socket of the admin API, mode 0600; empty for none. Default: <c>/run/criattach/admin.sock</c>.</summary>
    public string AdminSocket { get; set; } = "/run/criattach/admin.sock";

    /// <summary>Gets or sets the admin API over TCP, <c>address:port</c>; empty for none. Needs <see cref="AdminTokenFile"/>.</summary>
    public string AdminAddress { get; set; } = "";

    /// <summary>Gets or sets the file whose content is the bearer token of the admin API over TCP.</summary>
    public string AdminTokenFile { get; set; } = "";

    /// <summary>Gets or sets the address by which browsers reach the admin API's TCP listener, as behind a TLS proxy; empty for <c>http://&lt;AdminAddress&gt;</c>.</summary>
    public string AdminBaseUrl { get; set; } = "";

    /// <summary>Gets or sets the Kubernetes API, <c>address:port</c>; empty for none. Needs <see cref="KubeTokenFile"/>.</summary>
    public string KubeAddress { get; set; } = "";

    /// <summary>Gets or sets the file whose content is the bearer token of the Kubernetes API.</summary>
    public string KubeTokenFile { get; set; } = "";

    /// <summary>Gets or sets the certificate (PEM) of the Kubernetes API; empty for plain HTTP.</summary>
    public string KubeCertificateFile { get; set; } = "";

    /// <summary>Gets or sets the private key (PEM) of <see cref="KubeCertificateFile"/>.</summary>
    public string KubeKeyFile { get; set; } = "";

    /// <summary>Gets the browser origins that may call the Kubernetes API. Default: none.</summary>
    public IList<string> KubeOrigins { get; init; } = [];

    /// <summary>Gets or sets a value indicating whether plain TCP listeners of the CRI endpoint, the admin API and the Kubernetes API may be other than loopback. Default: false.</summary>
    public bool AllowPlainTokens { get; set; }

    /// <summary>Gets the origins of other pages that may call the admin API over TCP, with the token in their hands. Default: none.</summary>
    public IList<string> AdminOrigins { get; init; } = [];
}
