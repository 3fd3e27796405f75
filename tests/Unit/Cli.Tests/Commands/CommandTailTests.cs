using System.CommandLine;
using CriAttach.Cli.Commands;

namespace CriAttach.Cli.Tests.Commands;

public sealed class CommandTailTests
{
    [Theory]
    [InlineData("run -i cat -n", "run -i -- cat -n")]
    [InlineData("run --rootfs /r -it sh -c -i", "run --rootfs /r -it -- sh -c -i")]
    [InlineData("run --rootfs=/r sh -i", "run --rootfs=/r -- sh -i")]
    [InlineData("run -ie A=b sh -i", "run -ie A=b -- sh -i")]
    [InlineData("run -eA sh", "run -eA -- sh")]
    [InlineData("run -it -- sh -i", "run -it -- sh -i")]
    [InlineData("run --bundle /b", "run --bundle /b")]
    [InlineData("--gateway unix:///s run -i cat -n", "--gateway unix:///s run -i -- cat -n")]
    [InlineData("run --gateway unix:///s -i cat --gateway", "run --gateway unix:///s -i -- cat --gateway")]
    [InlineData("ps -a", "ps -a")]
    [InlineData("stop run -t 3", "stop run -t 3")]
    [InlineData("", "")]
    public void Mark_BeforeTheContainersCommand(string line, string expected)
    {
        var root = new RootCommand { new RunCommand().Create(new GatewayOptions(), Lines.Context(out _, out _)) };
        new GatewayOptions().AddTo(root);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(expected, string.Join(' ', CommandTail.Mark(root, words)));
    }
}
