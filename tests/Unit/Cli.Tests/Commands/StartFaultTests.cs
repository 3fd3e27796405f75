using CriAttach.Cli.Commands;
using CriAttach.Cli.Gateways;

namespace CriAttach.Cli.Tests.Commands;

public sealed class StartFaultTests
{
    [Theory]
    [InlineData("exec: \"nope\": executable file not found in $PATH", 502, 127)]
    [InlineData("exec: \"/nope\": stat /nope: no such file or directory", 502, 127)]
    [InlineData("exec: \"/etc/passwd\": permission denied", 502, 126)]
    [InlineData("node n9 is out of reach", 503, 125)]
    [InlineData("cannot reach the gateway: no such file or directory", 0, 125)]
    public void Words_GiveTheExitCode(string message, int status, int expected) =>
        Assert.Equal(expected, StartFault.Code(new GatewayException(message, status)));
}
