using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Tests;

public sealed class OptionsDefaultsTests
{
    [Fact]
    public void StdioLog_DefaultsAreThoseOfItsDocumentation()
    {
        var options = new StdioLogOptions();
        Assert.Equal((1048576, 1048576, 65536, 524288), (options.Limit, options.Retain, options.MinRate, options.LiftBytes));
        Assert.Equal((10, 3, 10, 60), (options.StallTimeout.TotalSeconds, options.SilenceTimeout.TotalSeconds, options.FullStopBudget.TotalSeconds, options.FullStopWindow.TotalSeconds));
        Assert.True(new StdioLogOptionsValidator().Validate(null, options).Succeeded);
        Assert.True(new StdioLogOptionsValidator().Validate(null, new StdioLogOptions { Limit = 1 }).Failed);
    }

    [Fact]
    public void Delivery_DefaultsAreThoseOfItsDocumentation()
    {
        var options = new DeliveryOptions();
        Assert.Equal((262144, 65536), (options.Window, options.BatchSize));
        Assert.Equal((1, 15, 120), (options.LeaseInterval.TotalSeconds, options.LeaseTimeout.TotalSeconds, options.LostAfter.TotalSeconds));
        Assert.True(new DeliveryOptionsValidator().Validate(null, options).Succeeded);
        Assert.True(new DeliveryOptionsValidator().Validate(null, new DeliveryOptions { Window = 1 }).Failed);
    }

    [Fact]
    public void Stdin_DefaultsAreThoseOfItsDocumentation()
    {
        var options = new StdinOptions();
        Assert.Equal((262144, 2), (options.ProducerWindow, options.Patience.TotalSeconds));
        Assert.True(new StdinOptionsValidator().Validate(null, options).Succeeded);
        Assert.True(new StdinOptionsValidator().Validate(null, new StdinOptions { ProducerWindow = 1 }).Failed);
    }
}
