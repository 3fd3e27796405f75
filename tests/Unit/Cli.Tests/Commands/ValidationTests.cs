namespace CriAttach.Cli.Tests.Commands;

public sealed class ValidationTests
{
    [Theory]
    [InlineData("run --rootfs /a --bundle /b sh", "exclude each other")]
    [InlineData("run --rootfs /a", "needs a command")]
    [InlineData("run --rootfs a sh", "not absolute")]
    [InlineData("run --bundle ./b", "not absolute")]
    [InlineData("run -d --rm cat", "--rm")]
    [InlineData("run -e FOO cat", "'FOO' is not of the form name=value")]
    [InlineData("run -l =x cat", "'=x' is not of the form name=value")]
    [InlineData("run --detach-keys nope cat", "'nope'")]
    [InlineData("attach", "attach --help")]
    [InlineData("attach c --replay some", "tail:N")]
    [InlineData("attach c --replay tail:x", "tail:N")]
    [InlineData("attach c --stream-via host:1", "no streaming base URL")]
    [InlineData("ps --gateway /run/x.sock", "no gateway address")]
    [InlineData("ps --gateway unix://x.sock", "no gateway address")]
    [InlineData("ps --token-file /does/not/exist", "/does/not/exist")]
    [InlineData("stop c -t -1", "'-1' is no whole number of seconds from 0")]
    [InlineData("stop c -t soon", "'soon' is no whole number")]
    [InlineData("ping c --count 0", "from 1 on")]
    [InlineData("dance", "dance")]
    public async Task WrongLine_NamesWhatIsWrong(string line, string expected)
    {
        var (exitCode, output, error) = await Lines.RunAsync(line.Split(' '));

        Assert.Equal(125, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task NoGateway_SaysHowToNameOne()
    {
        var (exitCode, _, error) = await Lines.RunAsync("ps", "--gateway", "unix:///does/not/exist.sock");

        Assert.Equal(125, exitCode);
        Assert.Contains("unix:///does/not/exist.sock", error, StringComparison.Ordinal);
        Assert.Contains("CRIATTACH_GATEWAY", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWords_Help()
    {
        var (exitCode, output, _) = await Lines.RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("attach", output, StringComparison.Ordinal);
    }
}
