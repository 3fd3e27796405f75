using CriAttach.Silo.Runtimes.CriUpstream;

namespace CriAttach.Silo.Tests.Runtimes.CriUpstream;

public sealed class CriUpstreamOptionsTests
{
    [Fact]
    public void Defaults_ArePinned()
    {
        var options = new CriUpstreamOptions();
        Assert.Equal(("", "auto", TimeSpan.FromSeconds(1)), (options.Socket, options.Dialect, options.PollInterval));
        Assert.Equal(
            (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            (options.CallTimeout, options.UnfinishedLinePatience, options.KeepRemoved));
        Assert.True(new CriUpstreamOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void UnknownDialect_IsNamed() =>
        Assert.Contains("Dialect", new CriUpstreamOptionsValidator().Validate(null, new CriUpstreamOptions { Dialect = "http" }).FailureMessage, StringComparison.Ordinal);
}
