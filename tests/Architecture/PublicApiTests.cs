using System.Reflection;

namespace CriAttach.Architecture.Tests;

/// <summary>
/// What one project offers to the others is written down, so that a change of it is seen in review. To accept a change, run this suite with
/// <c>CRIATTACH_ACCEPT_API=1</c> and commit the files that it writes.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("CriAttach.Grains")]
    [InlineData("CriAttach.Interfaces")]
    [InlineData("CriAttach.Streams")]
    [InlineData("CriAttach.Transports")]
    [InlineData("CriAttach.Wire")]
    public void PublicTypesAndMembers_AreThoseWrittenDown(string assembly)
    {
        var path = Path.Combine(Repository.Root, "tests", "Architecture", "PublicApi", assembly + ".txt");
        var now = PublicSurface.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("CRIATTACH_ACCEPT_API") == "1")
        {
            File.WriteAllText(path, now);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", now);
    }

    [Theory]
    [InlineData("CriAttach.Silo")]
    [InlineData("CriAttach.Gateway")]
    [InlineData("criattach")]
    public void Programs_OfferNothing(string assembly) =>
        Assert.Equal("", PublicSurface.Of(Assembly.Load(assembly)));
}
