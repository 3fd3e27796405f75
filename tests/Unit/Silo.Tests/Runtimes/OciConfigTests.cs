using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Runtimes.Conmon;

namespace CriAttach.Silo.Tests.Runtimes;

public sealed class OciConfigTests : IDisposable
{
    private static readonly string Id = new('a', 64);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FromRootfs_IsolatesAllButTheNetwork()
    {
        var spec = new ContainerSpec { Rootfs = "/rootfs", Args = ["/bin/sh", "-c", "x"], Env = ["A=1"], Tty = true, WorkingDirectory = "/tmp" };
        var config = OciConfig.FromRootfs(spec, Id, "/criattach/x");
        Assert.Equal("/rootfs", (string?)config["root"]!["path"]);
        Assert.False((bool)config["root"]!["readonly"]!);
        Assert.Equal("/criattach/x", (string?)config["linux"]!["cgroupsPath"]);
        Assert.Equal(["pid", "ipc", "uts", "mount"], config["linux"]!["namespaces"]!.AsArray().Select(entry => (string)entry!["type"]!));
        var process = config["process"]!;
        Assert.True((bool)process["terminal"]!);
        Assert.True((bool)process["noNewPrivileges"]!);
        Assert.Equal("/tmp", (string?)process["cwd"]);
        Assert.Equal(spec.Args, process["args"]!.AsArray().Select(value => (string)value!));
        Assert.Equal(["TERM=xterm", "A=1"], process["env"]!.AsArray().Select(value => (string)value!).Skip(1));
    }

    [Fact]
    public void FromBundle_RelativeRootIsTheBundles()
    {
        File.WriteAllText(_directory["config.json"], """{"process":{"args":["own"]},"root":{"path":"fs"},"hooks":{"x":1}}""");
        var config = OciConfig.FromBundle(new ContainerSpec { Bundle = _directory.Path }, "/criattach/x");
        Assert.Equal(_directory["fs"], (string?)config["root"]!["path"]);
        Assert.Equal("own", (string?)config["process"]!["args"]![0]);
        Assert.False((bool)config["process"]!["terminal"]!);
        Assert.NotNull(config["hooks"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"process\":{}}")]
    [InlineData("nonsense")]
    public void FromBundle_BadConfig_Refused(string json)
    {
        File.WriteAllText(_directory["config.json"], json);
        Assert.Throws<InvalidContainerSpecException>(() => OciConfig.FromBundle(new ContainerSpec { Bundle = _directory.Path }, "/x"));
    }

    [Fact]
    public void Spec_IsChecked()
    {
        var good = new ContainerSpec { Rootfs = _directory.Path, Args = ["/bin/sh"] };
        ContainerCheck.Check(good);
        ContainerSpec[] bad =
        [
            good with { Rootfs = null },
            good with { Bundle = _directory.Path },
            good with { Rootfs = "relative" },
            good with { Rootfs = _directory["nothing"] },
            good with { Args = [] },
            good with { Args = [""] },
            good with { Args = ["a\0b"] },
            good with { Env = ["A"] },
            good with { WorkingDirectory = "tmp" },
        ];
        Assert.All(bad, spec => Assert.Throws<InvalidContainerSpecException>(() => ContainerCheck.Check(spec)));
    }
}
