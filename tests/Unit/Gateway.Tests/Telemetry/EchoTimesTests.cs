using CriAttach.Gateway.Telemetry;

namespace CriAttach.Gateway.Tests.Telemetry;

public sealed class EchoTimesTests
{
    [Fact]
    public void None_NoPercentiles() => Assert.Null(new EchoTimes().Percentiles(0.5));

    [Fact]
    public void Percentiles_AreTimesThatWereMeasured()
    {
        var times = new EchoTimes();
        for (var number = 100; number >= 1; number--)
        {
            times.Add(TimeSpan.FromMilliseconds(number));
        }

        Assert.Equal([1, 50, 99, 100], times.Percentiles(0, 0.5, 0.99, 1)!);
    }

    [Fact]
    public void OldTimes_AreForgotten()
    {
        var times = new EchoTimes();
        times.Add(TimeSpan.FromHours(1));
        for (var number = 0; number < EchoTimes.Kept; number++)
        {
            times.Add(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal([1], times.Percentiles(1)!);
    }
}
