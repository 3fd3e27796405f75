using CriAttach.Gateway.Cri;

namespace CriAttach.Gateway.Tests.Cri;

public sealed class CallPatienceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void NoDeadline_ThirtySeconds() => Assert.Equal(TimeSpan.FromSeconds(30), CallPatience.Of(DateTime.MaxValue, Now));

    [Theory]
    [InlineData(2, 1.5)]
    [InlineData(120, 30)]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    public void Deadline_EndsBeforeIt(double left, double patience) =>
        Assert.Equal(TimeSpan.FromSeconds(patience), CallPatience.Of(Now.UtcDateTime.AddSeconds(left), Now));
}
