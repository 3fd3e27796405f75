using CriAttach.AdminApi;
using CriAttach.Cli.Commands;

namespace CriAttach.Cli.Tests.Commands;

public sealed class ReplayArgumentTests
{
    [Theory]
    [InlineData("unseen", ReplayMode.Unseen, 0)]
    [InlineData("none", ReplayMode.None, 0)]
    [InlineData("all", ReplayMode.All, 0)]
    [InlineData("tail:0", ReplayMode.Tail, 0)]
    [InlineData("tail:4096", ReplayMode.Tail, 4096)]
    [InlineData("tail:64k", ReplayMode.Tail, 65536)]
    [InlineData("tail:2M", ReplayMode.Tail, 2097152)]
    public void Known_Parsed(string text, ReplayMode mode, long bytes) =>
        Assert.Equal(new ReplayArgument(mode, bytes), ReplayArgument.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("tail")]
    [InlineData("tail:")]
    [InlineData("tail:k")]
    [InlineData("tail:-1")]
    [InlineData("tail:1g")]
    [InlineData("tail:9999999999999999999")]
    [InlineData("tail:9007199254740993m")]
    [InlineData("All")]
    public void Unknown_Null(string text) => Assert.Null(ReplayArgument.TryParse(text));
}
