using CriAttach.Silo.Agent;
using CriAttach.Silo.Runtimes.Conmon;

namespace CriAttach.Silo.Tests.Agent;

public sealed class NodeOptionsTests
{
    [Fact]
    public void Defaults_FollowTheName()
    {
        var options = new NodeOptions { Name = "n7" };
        new NodeOptionsDefaults().PostConfigure(null, options);
        Assert.Equal(("/var/lib/criattach/n7", "/run/criattach/n7", "conmon"), (options.StateDirectory, options.RunDirectory, options.DefaultRuntime));
        Assert.True(new NodeOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("a/b", "conmon", "Name")]
    [InlineData("", "conmon", "Name")]
    [InlineData("-a", "conmon", "Name")]
    [InlineData("n1", "docker", "DefaultRuntime")]
    public void BadValue_IsNamed(string name, string runtime, string member)
    {
        var options = new NodeOptions { Name = name, DefaultRuntime = runtime, StateDirectory = "/s", RunDirectory = "/r" };
        Assert.Contains(member, new NodeOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void ConmonDefaults_ArePinned()
    {
        var options = new ConmonOptions();
        Assert.Equal(("conmon", "runc", 16L * 1024 * 1024, 5, "/criattach"), (options.ConmonPath, options.RuntimePath, options.LogMaxBytes, options.LogMaxFiles, options.CgroupParent));
        Assert.True(new ConmonOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData(1, 5, "/criattach", "LogMaxBytes")]
    [InlineData(65536, 1, "/criattach", "LogMaxFiles")]
    [InlineData(65536, 2, "/../x y", "CgroupParent")]
    public void BadConmonValue_IsNamed(long bytes, int files, string cgroup, string member)
    {
        var options = new ConmonOptions { LogMaxBytes = bytes, LogMaxFiles = files, CgroupParent = cgroup };
        Assert.Contains(member, new ConmonOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }
}
