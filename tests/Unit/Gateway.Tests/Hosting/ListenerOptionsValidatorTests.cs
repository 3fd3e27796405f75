using CriAttach.Gateway.Hosting;

namespace CriAttach.Gateway.Tests.Hosting;

public sealed class ListenerOptionsValidatorTests
{
    private readonly ListenerOptionsValidator _validator = new();

    [Fact]
    public void Defaults_Good() => Assert.True(_validator.Validate(null, new ListenerOptions()).Succeeded);

    [Theory]
    [InlineData("nonsense", "StreamAddress")]
    [InlineData("127.0.0.1", "StreamAddress")]
    [InlineData("0.0.0.0:8080", "StreamAllowPlain")]
    [InlineData("10.0.0.1:8080", "StreamAllowPlain")]
    public void StreamAddress_Refused(string address, string named) =>
        AssertFails(new ListenerOptions { StreamAddress = address }, named);

    [Fact]
    public void StreamAddress_PlainAllowed_Good() =>
        Assert.True(_validator.Validate(null, new ListenerOptions { StreamAddress = "0.0.0.0:8080", StreamAllowPlain = true }).Succeeded);

    [Theory]
    [InlineData("ws://x")]
    [InlineData("/relative")]
    [InlineData("https://x/?q=1")]
    public void StreamBaseUrl_Refused(string url) => AssertFails(new ListenerOptions { StreamBaseUrl = url }, "StreamBaseUrl");

    [Fact]
    public void CriAddress_WithoutProof_Refused() =>
        AssertFails(new ListenerOptions { CriAddress = "127.0.0.1:9000" }, "CriTokenFile");

    [Fact]
    public void CriAddress_TokenInTheClear_Refused() =>
        AssertFails(new ListenerOptions { CriAddress = "10.0.0.1:9000", CriTokenFile = "t" }, "AllowPlainTokens");

    [Fact]
    public void CriAddress_MutualTls_Good() => Assert.True(_validator.Validate(null, new ListenerOptions
    {
        CriAddress = "10.0.0.1:9000",
        CriCertificateFile = "c",
        CriKeyFile = "k",
        CriClientCaFile = "ca",
    }).Succeeded);

    [Fact]
    public void AdminAddress_WithoutToken_Refused() =>
        AssertFails(new ListenerOptions { AdminAddress = "127.0.0.1:9001" }, "AdminTokenFile");

    [Theory]
    [InlineData("ops.example.org")]
    [InlineData("ftp://ops.example.org")]
    [InlineData("https://ops.example.org/criattach")]
    [InlineData("https://ops.example.org/?x=1")]
    public void AdminBaseUrl_Refused(string url) =>
        AssertFails(new ListenerOptions { AdminAddress = "127.0.0.1:9001", AdminTokenFile = "t", AdminBaseUrl = url }, "AdminBaseUrl");

    [Fact]
    public void AdminBaseUrl_WithoutListener_Refused() => AssertFails(new ListenerOptions { AdminBaseUrl = "https://ops.example.org" }, "AdminAddress");

    [Theory]
    [InlineData("https://ops.example.org")]
    [InlineData("https://ops.example.org:8443/")]
    public void AdminBaseUrl_Good(string url) => Assert.True(_validator.Validate(
        null, new ListenerOptions { AdminAddress = "127.0.0.1:9001", AdminTokenFile = "t", AdminBaseUrl = url }).Succeeded);

    [Fact]
    public void KubeAddress_WithoutToken_Refused() =>
        AssertFails(new ListenerOptions { KubeAddress = "127.0.0.1:9002" }, "KubeTokenFile");

    [Fact]
    public void KubeAddress_TokenInTheClear_Refused() =>
        AssertFails(new ListenerOptions { KubeAddress = "0.0.0.0:9002", KubeTokenFile = "t" }, "AllowPlainTokens");

    [Fact]
    public void KubeAddress_CertificateWithoutKey_Refused() =>
        AssertFails(new ListenerOptions { KubeAddress = "0.0.0.0:9002", KubeTokenFile = "t", KubeCertificateFile = "c" }, "KubeKeyFile");

    [Fact]
    public void KubeAddress_Tls_Good() => Assert.True(_validator.Validate(null, new ListenerOptions
    {
        KubeAddress = "0.0.0.0:9002",
        KubeTokenFile = "t",
        KubeCertificateFile = "c",
        KubeKeyFile = "k",
    }).Succeeded);

    private void AssertFails(ListenerOptions options, string named)
    {
        var result = _validator.Validate(null, options);
        Assert.True(result.Failed);
        Assert.Contains(named, result.FailureMessage, StringComparison.Ordinal);
    }
}
