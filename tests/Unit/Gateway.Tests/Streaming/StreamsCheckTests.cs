using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Tests.Streaming;

public sealed class StreamsCheckTests
{
    [Theory]
    [InlineData(true, true, true, true, "tty and stderr cannot both be true")]
    [InlineData(false, false, true, true, "tty and stderr cannot both be true")]
    [InlineData(false, false, false, true, "one of stdin, stdout, and stderr must be set")]
    [InlineData(false, false, false, false, "one of stdin, stdout, and stderr must be set")]
    [InlineData(true, true, false, true, null)]
    [InlineData(false, false, true, false, null)]
    public void Fault_AsTheLibrarySays(bool stdin, bool stdout, bool stderr, bool tty, string? expected) =>
        Assert.Equal(expected, StreamsCheck.Fault(new AttachStreams { Stdin = stdin, Stdout = stdout, Stderr = stderr, Tty = tty }));
}
