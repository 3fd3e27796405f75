using CriAttach.Cli.Streaming;
using CriAttach.Cli.Tests.Fakes;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Cli.Tests.Streaming;

public sealed class EchoMeterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Echo_EachRoundCounted(bool likeATerminal)
    {
        await using var session = await FakeSession.OpenAsync(pieceLength: 5);
        var echoing = EchoAsync(session.Gateway, likeATerminal);

        var result = await new EchoMeter(session.Client, TimeProvider.System).MeasureAsync(20, TimeSpan.FromMinutes(1));

        Assert.Equal(20, result.Times.Count);
        Assert.Equal(20 * "criattach-000000.".Length, result.Bytes);
        await session.DisposeAsync();
        await echoing;
    }

    [Fact]
    public async Task NoEcho_SaysWhatIsExpected()
    {
        var clock = new FakeTimeProvider();
        await using var session = await FakeSession.OpenAsync();
        var measuring = new EchoMeter(session.Client, clock).MeasureAsync(1, TimeSpan.FromSeconds(10));
        await session.Gateway.ExpectAsync(StdioChannel.Stdin);
        while (!measuring.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => measuring);
        Assert.Contains("cat", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionEnds_Refused()
    {
        await using var session = await FakeSession.OpenAsync();
        await session.Gateway.EndAsync(SessionStatus.Success);

        await Assert.ThrowsAsync<AttachRefusedException>(
            () => new EchoMeter(session.Client, TimeProvider.System).MeasureAsync(1, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void Percentile_NearestRank(double share, int milliseconds)
    {
        var times = Enumerable.Range(1, 100).Reverse().Select(i => TimeSpan.FromMilliseconds(i)).ToList();

        Assert.Equal(milliseconds, new EchoResult(0, times).Percentile(share).TotalMilliseconds);
    }

    private static async Task EchoAsync(FakePeer gateway, bool likeATerminal)
    {
        while (await gateway.ReceiveAsync() is { } frame)
        {
            if (frame.Opcode == WebSocketOpcode.Binary)
            {
                await gateway.SendAsync(StdioChannel.Stdout, likeATerminal ? frame.Text.Replace("\n", "\r\n", StringComparison.Ordinal) + frame.Text : frame.Text);
            }
        }
    }
}
