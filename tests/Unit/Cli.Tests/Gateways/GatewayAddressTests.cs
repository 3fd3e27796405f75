using CriAttach.Cli.Gateways;

namespace CriAttach.Cli.Tests.Gateways;

public sealed class GatewayAddressTests
{
    [Theory]
    [InlineData("unix:///run/criattach/admin.sock", "/run/criattach/admin.sock")]
    [InlineData("http://gateway:8080", null)]
    [InlineData("https://gateway", null)]
    [InlineData("https://[::1]:8443/", null)]
    public void Known_Parsed(string text, string? socketPath)
    {
        var address = GatewayAddress.TryParse(text);

        Assert.NotNull(address);
        Assert.Equal(socketPath, address.SocketPath);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gateway:8080")]
    [InlineData("/run/criattach/admin.sock")]
    [InlineData("unix://relative.sock")]
    [InlineData("http://gateway/base")]
    [InlineData("tcp://gateway:1")]
    public void Unknown_Null(string text) => Assert.Null(GatewayAddress.TryParse(text));
}
