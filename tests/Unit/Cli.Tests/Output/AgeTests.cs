using CriAttach.Cli.Output;

namespace CriAttach.Cli.Tests.Output;

public sealed class AgeTests
{
    [Theory]
    [InlineData(-5, "1 second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(119, "119 seconds")]
    [InlineData(120, "2 minutes")]
    [InlineData(7199, "119 minutes")]
    [InlineData(7200, "2 hours")]
    [InlineData(172_799, "47 hours")]
    [InlineData(172_800, "2 days")]
    public void Text_InTheFittingUnit(int seconds, string expected) => Assert.Equal(expected, Age.Text(TimeSpan.FromSeconds(seconds)));
}
