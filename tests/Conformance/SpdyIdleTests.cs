using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Spdy;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, case 31: what counts as a sign of life.</summary>
public sealed class SpdyIdleTests(ShortIdle gateway) : IClassFixture<ShortIdle>
{
    [Fact]
    public async Task Case31_PingsKeepTheSessionAndSilenceEndsIt()
    {
        using var spdy = await RawSpdy.OpenAsync(await gateway.UrlAsync(gateway.Run()), "v4.channel.k8s.io");
        await spdy.OpenStreamsAsync("error", "stdin", "stdout", "stderr");

        // Three times as long as silence may last.
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (uint id = 1; id < 19; id += 2)
        {
            await pace.WaitForNextTickAsync();
            await spdy.SendAsync((_, output) => SpdyFrameWriter.Ping(output, id));
            Assert.Equal(id, (await spdy.ReadAsync())!.Value);
        }

        var reset = await spdy.ReadAsync();
        Assert.Equal(SpdyFrameType.RstStream, reset!.Type);
        var status = await spdy.ReadAsync();
        Assert.Contains("nothing moved for 00:00:03", status!.Text, StringComparison.Ordinal);
    }
}
