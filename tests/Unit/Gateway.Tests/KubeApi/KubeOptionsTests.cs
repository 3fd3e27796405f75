using CriAttach.Gateway.KubeApi;

namespace CriAttach.Gateway.Tests.KubeApi;

public sealed class KubeOptionsTests
{
    private readonly KubeOptionsValidator _validator = new();

    [Fact]
    public void Default_IsDefault()
    {
        Assert.Equal("default", new KubeOptions().KubeNamespace);
        Assert.True(_validator.Validate(null, new KubeOptions()).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("-a")]
    public void Namespace_Refused(string name) => Assert.True(_validator.Validate(null, new KubeOptions { KubeNamespace = name }).Failed);
}
