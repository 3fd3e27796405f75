using CriAttach.Interfaces.Clustering;
using CriAttach.Silo.Hosting;

namespace CriAttach.Silo.Tests.Hosting;

public sealed class ClusterOptionsValidatorTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.True(new ClusterOptionsValidator().Validate(null, new ClusterOptions()).Succeeded);

    [Theory]
    [InlineData("host", "", ClusterProvider.Development, "", "AdvertisedAddress")]
    [InlineData("10.0.0.1", "10.0.0.2", ClusterProvider.Development, "", "PrimarySilo")]
    [InlineData("10.0.0.1", "", ClusterProvider.Redis, "", "ConnectionString")]
    [InlineData("10.0.0.1", "", ClusterProvider.PostgreSql, "", "ConnectionString")]
    public void BadValue_IsNamed(string address, string primary, ClusterProvider provider, string connection, string member)
    {
        var options = new ClusterOptions { AdvertisedAddress = address, PrimarySilo = primary, Provider = provider, ConnectionString = connection };
        Assert.Contains(member, new ClusterOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }
}
