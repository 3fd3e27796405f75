using CriAttach.Silo.Runtimes.CriUpstream.Cri;

namespace CriAttach.Silo.Tests.Runtimes.CriUpstream;

/// <summary>As containerd 1.6.20 told it, and as CRI-O's source says.</summary>
public sealed class VerboseInfoTests
{
    [Theory]
    [InlineData("""{"pid":7,"config":{"stdin":true,"stdin_once":true},"runtimeSpec":{"process":{"args":["sh","-c","x"]}}}""", true, true, false, 7)]
    [InlineData("""{"pid":7,"config":{"stdin":true,"tty":true},"runtimeSpec":{"process":{"terminal":true,"args":["sh","-c","x"]}}}""", true, false, true, 7)]
    [InlineData("""{"config":{},"runtimeSpec":{"process":{"args":["sh","-c","x"]}}}""", false, false, false, 0)]
    [InlineData("""{"pid":7,"runtimeSpec":{"process":{"args":["sh","-c","x"]},"annotations":{"io.kubernetes.cri-o.Stdin":"false","io.kubernetes.cri-o.StdinOnce":"false","io.kubernetes.cri-o.TTY":"true"}}}""", false, false, true, 7)]
    public void RuntimesWords_AreUnderstood(string json, bool stdin, bool stdinOnce, bool tty, int pid)
    {
        var info = VerboseInfo.Read(new Dictionary<string, string> { ["info"] = json });
        Assert.Equal((stdin, stdinOnce, tty, pid), (info.Stdin, info.StdinOnce, info.Tty, info.Pid));
        Assert.Equal(["sh", "-c", "x"], info.Command);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void NothingTold_MeansAnInputThatStaysOpen(string json)
    {
        var info = VerboseInfo.Read(new Dictionary<string, string> { ["info"] = json });
        Assert.Equal((true, false, false, 0), (info.Stdin, info.StdinOnce, info.Tty, info.Pid));
    }
}
