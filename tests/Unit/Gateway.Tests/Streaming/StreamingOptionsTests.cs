using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Tests.Streaming;

public sealed class StreamingOptionsTests
{
    [Fact]
    public void Defaults_AsDocumented()
    {
        var options = new StreamingOptions();
        Assert.Equal(TimeSpan.FromHours(4), options.IdleTimeout);
        Assert.Equal(TimeSpan.FromMinutes(15), options.FinishTimeout);
        Assert.Equal(1024 * 1024, options.OutputWindow);
        Assert.Equal(64 * 1024, options.MinRate);
        Assert.Equal(TimeSpan.FromSeconds(10), options.StallTimeout);
        Assert.Equal(TimeSpan.FromSeconds(3), options.OutputLinger);
        Assert.Equal(1024 * 1024, options.InputBuffer);
        Assert.Equal(TimeSpan.FromSeconds(3), options.InputDrainTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.NodeGrace);
        Assert.True(new StreamingOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Validator_OutOfRange_NamesTheOption()
    {
        var result = new StreamingOptionsValidator().Validate(null, new StreamingOptions { OutputWindow = 1 });
        Assert.True(result.Failed);
        Assert.Contains(nameof(StreamingOptions.OutputWindow), result.FailureMessage, StringComparison.Ordinal);
    }
}
