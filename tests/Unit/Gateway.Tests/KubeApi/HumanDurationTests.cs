using CriAttach.Gateway.KubeApi;

namespace CriAttach.Gateway.Tests.KubeApi;

public sealed class HumanDurationTests
{
    // The cases of k8s.io/apimachinery/pkg/util/duration.
    [Theory]
    [InlineData(-5, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(130, "2m10s")]
    [InlineData(600, "10m")]
    [InlineData(10_799, "179m")]
    [InlineData(10_800, "3h")]
    [InlineData(11_220, "3h7m")]
    [InlineData(28_800, "8h")]
    [InlineData(172_799, "47h")]
    [InlineData(172_800, "2d")]
    [InlineData(176_400, "2d1h")]
    [InlineData(691_200, "8d")]
    [InlineData(63_158_400, "2y1d")]
    [InlineData(252_288_000, "8y")]
    public void Text_AsKubectlShowsIt(long seconds, string expected) => Assert.Equal(expected, HumanDuration.Text(TimeSpan.FromSeconds(seconds)));
}
