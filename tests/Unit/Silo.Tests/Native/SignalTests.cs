using CriAttach.Silo.Native;

namespace CriAttach.Silo.Tests.Native;

public sealed class SignalTests
{
    [Theory]
    [InlineData("SIGTERM", 15)]
    [InlineData("int", 2)]
    [InlineData("34", 34)]
    public void Known_IsRead(string text, int number)
    {
        Assert.True(Signal.TryParse(text, out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SIGNOTHING")]
    [InlineData("0")]
    [InlineData("65")]
    public void Unknown_IsNot(string text) => Assert.False(Signal.TryParse(text, out _));
}
