using CriAttach.Cli.Terminal;

namespace CriAttach.Cli.Tests.Terminal;

public sealed class DetachKeysTests
{
    [Theory]
    [InlineData("", new byte[0])]
    [InlineData("ctrl-p,ctrl-q", new byte[] { 16, 17 })]
    [InlineData("ctrl-a", new byte[] { 1 })]
    [InlineData("ctrl-z", new byte[] { 26 })]
    [InlineData("ctrl-@", new byte[] { 0 })]
    [InlineData("ctrl-[", new byte[] { 27 })]
    [InlineData("ctrl-\\", new byte[] { 28 })]
    [InlineData("ctrl-]", new byte[] { 29 })]
    [InlineData("ctrl-^", new byte[] { 30 })]
    [InlineData("ctrl-_", new byte[] { 31 })]
    [InlineData("CTRL-p", new byte[] { 16 })]
    [InlineData("DEL", new byte[] { 127 })]
    [InlineData("a,b,C", new byte[] { 97, 98, 67 })]
    [InlineData("~,.", new byte[] { 126, 46 })]
    public void Docker_Syntax(string text, byte[] expected)
    {
        Assert.True(DetachKeys.TryParse(text, out var keys, out _));
        Assert.Equal(expected, keys);
    }

    [Theory]
    [InlineData(",")]
    [InlineData("ctrl-p,")]
    [InlineData("ctrl-P")]
    [InlineData("ctrl-1")]
    [InlineData("ctrl-")]
    [InlineData("ctrl-pq")]
    [InlineData("alt-p")]
    [InlineData("ä")]
    public void Nonsense_NamedInTheError(string text)
    {
        Assert.False(DetachKeys.TryParse(text, out _, out var error));
        Assert.Contains($"'{text}'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_Parses()
    {
        Assert.Equal("ctrl-p,ctrl-q", DetachKeys.Default);
        Assert.True(DetachKeys.TryParse(DetachKeys.Default, out _, out _));
    }
}
