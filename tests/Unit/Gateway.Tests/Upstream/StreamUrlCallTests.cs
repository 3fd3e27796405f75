using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Relay;
using CriAttach.Gateway.Upstream;
using CriAttach.Protos.Runtime.V1;
using Google.Protobuf;

namespace CriAttach.Gateway.Tests.Upstream;

public sealed class StreamUrlCallTests
{
    private const string Theirs = "http://127.0.0.1:4321/exec/abcdefgh";
    private const string Ours = "http://127.0.0.1:9/ours";

    // {15: "more"}: a field that no release has.
    private static readonly byte[] UnknownField = [122, 4, 109, 111, 114, 101];

    private readonly RecordingUrls _urls = new();

    [Theory]
    [InlineData("/runtime.v1.RuntimeService/Exec")]
    [InlineData("/runtime.v1alpha2.RuntimeService/Exec")]
    public void Exec_OnlyTheUrlChangesAndTheFlagsAreKnown(string path)
    {
        var request = new ExecRequest { ContainerId = "c", Cmd = { "sh" }, Tty = true, Stdin = true, Stdout = true }.ToByteArray();
        byte[] answer = [.. new ExecResponse { Url = Theirs }.ToByteArray(), .. UnknownField];
        var changed = StreamUrlCall.Find(path)!.Replace(_urls, request, answer, UrlProfile.Kubelet)!;
        Assert.Equal([.. new ExecResponse { Url = Ours }.ToByteArray(), .. UnknownField], changed);
        Assert.Equal(new ExecStreams(Tty: true, Stdin: true, Stdout: true, Stderr: false), _urls.Streams);
        Assert.Equal(new Uri(Theirs), _urls.Upstream);
    }

    [Theory]
    [InlineData("/runtime.v1.RuntimeService/PortForward")]
    [InlineData("/runtime.v1alpha2.RuntimeService/PortForward")]
    public void PortForward_OnlyTheUrlChanges(string path)
    {
        byte[] answer = [.. UnknownField, .. new PortForwardResponse { Url = Theirs }.ToByteArray()];
        var changed = StreamUrlCall.Find(path)!.Replace(_urls, [], answer, UrlProfile.Cluster)!;
        Assert.Equal(Ours, PortForwardResponse.Parser.ParseFrom(changed).Url);
        Assert.Equal([.. new PortForwardResponse { Url = Ours }.ToByteArray(), .. UnknownField], changed);
        Assert.Null(_urls.Streams);
    }

    [Fact]
    public void UrlWithoutScheme_MeansHttp()
    {
        StreamUrlCall.Find("/runtime.v1.RuntimeService/Exec")!.Replace(_urls, [], new ExecResponse { Url = "//10.0.0.1:80/cri/exec/x" }.ToByteArray(), UrlProfile.Kubelet);
        Assert.Equal(new Uri("http://10.0.0.1:80/cri/exec/x"), _urls.Upstream);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/exec/abc")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://host/x")]
    public void NoUrlThatCouldBeDialled_None(string url)
    {
        Assert.Null(StreamUrlCall.Find("/runtime.v1.RuntimeService/Exec")!.Replace(_urls, [], new ExecResponse { Url = url }.ToByteArray(), UrlProfile.Kubelet));
        Assert.Null(_urls.Upstream);
    }

    [Theory]
    [InlineData("/runtime.v1.RuntimeService/ExecSync")]
    [InlineData("/runtime.v1.RuntimeService/Attach")]
    [InlineData("/Exec")]
    public void OtherMethods_None(string path) => Assert.Null(StreamUrlCall.Find(path));

    private sealed class RecordingUrls : IRelayUrls
    {
        public ExecStreams? Streams { get; private set; }

        public Uri? Upstream { get; private set; }

        public string ForExec(ExecStreams streams, Uri upstream, UrlProfile profile)
        {
            (Streams, Upstream) = (streams, upstream);
            return Ours;
        }

        public string ForPortForward(Uri upstream, UrlProfile profile)
        {
            Upstream = upstream;
            return Ours;
        }
    }
}
