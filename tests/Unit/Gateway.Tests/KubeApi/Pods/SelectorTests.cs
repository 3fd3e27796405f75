using CriAttach.Gateway.KubeApi;
using CriAttach.Gateway.KubeApi.Pods;

namespace CriAttach.Gateway.Tests.KubeApi.Pods;

public sealed class SelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["example.org/tier"] = "a" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,example.org/tier=a", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("other!=x", true)]
    [InlineData("app in (db, web)", true)]
    [InlineData("app notin (db,web)", false)]
    [InlineData("other notin (x)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!other, app in (web)", true)]
    [InlineData("app=", false)]
    public void Labels_Selected(string selector, bool expected) => Assert.Equal(expected, LabelSelector.Parse(selector)(Labels));

    [Theory]
    [InlineData("app in web")]
    [InlineData("=web")]
    [InlineData("app=web tier")]
    [InlineData("app=we$b")]
    public void Labels_NotUnderstood(string selector) =>
        Assert.Equal(400, Assert.Throws<KubeStatusException>(() => LabelSelector.Parse(selector)).Status.Code);

    [Theory]
    [InlineData("metadata.name=web", true)]
    [InlineData("metadata.name==web,metadata.namespace=default", true)]
    [InlineData("spec.nodeName!=n1", false)]
    [InlineData("status.phase=Running", true)]
    public void Fields_Selected(string selector, bool expected) => Assert.Equal(expected, FieldSelector.Parse(selector)(Samples.Pods(Samples.Own("web"))[0]));

    [Theory]
    [InlineData("spec.color=red")]
    [InlineData("nonsense")]
    public void Fields_NotUnderstood(string selector) =>
        Assert.Equal(400, Assert.Throws<KubeStatusException>(() => FieldSelector.Parse(selector)).Status.Code);
}
