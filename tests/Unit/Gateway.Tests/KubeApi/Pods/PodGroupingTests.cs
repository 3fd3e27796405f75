using CriAttach.Gateway.KubeApi;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Tests.KubeApi.Pods;

public sealed class PodGroupingTests
{
    private const string Uid = "7b1f2d64-0d0c-4a6e-9e3c-0a5d5f1f7a11";
    private const string OtherUid = "1c8e7a52-50f0-44c3-8d7e-6a1f1b2c3d44";

    [Fact]
    public void OwnContainer_IsAPodOfItsName()
    {
        var pod = Assert.Single(Samples.Pods(Samples.Own("Web_1")));
        Assert.Equal(("default", "web-1", "n1"), (pod.Namespace, pod.Name, pod.Node));
        Assert.Equal("web-1", Assert.Single(pod.Containers).Name);
    }

    [Fact]
    public void SameNameOnTwoNodes_TheOldestKeepsIt() =>
        Assert.Equal(["web", "web-web70"], Samples.Pods(Samples.Own("web", "n2", second: 7), Samples.Own("web", "n1", second: 3)).Select(pod => pod.Name));

    [Fact]
    public void OwnContainersOfOnePod_AreTogether() =>
        Assert.Equal(["a", "b"], Assert.Single(Samples.Pods(Samples.Own("b", pod: "p"), Samples.Own("a", pod: "p"))).Containers.Select(container => container.Name));

    [Fact]
    public void ManagedContainers_AreGroupedByTheirLabels()
    {
        var pod = Assert.Single(Samples.Pods(
            Samples.Managed("dns", "sidecar", Uid), Samples.Managed("dns", "main", Uid, 1, ContainerState.Exited), Samples.Managed("dns", "main", Uid, 2)));
        Assert.Equal(("kube-system", "dns", Uid), (pod.Namespace, pod.Name, pod.Uid));
        Assert.Equal(["main", "sidecar"], pod.Containers.Select(container => container.Name));
        Assert.Equal((1, ContainerState.Exited), (pod.Containers[0].Restarts, pod.Containers[0].Previous?.State));
        Assert.Empty(pod.Labels);
    }

    [Fact]
    public void ManagedPodMadeAnew_TheNewestIsListed() =>
        Assert.Equal(OtherUid, Assert.Single(Samples.Pods(Samples.Managed("dns", "main", Uid), Samples.Managed("dns", "main", OtherUid, 9))).Uid);

    [Theory]
    [InlineData(ContainerState.Created, null, "Pending")]
    [InlineData(ContainerState.Running, null, "Running")]
    [InlineData(ContainerState.Exited, 0, "Succeeded")]
    [InlineData(ContainerState.Exited, 3, "Failed")]
    [InlineData(ContainerState.Unknown, null, "Unknown")]
    public void Phase_FollowsTheContainers(ContainerState state, int? exitCode, string phase) =>
        Assert.Equal(phase, Samples.Pods(Samples.Own("a", state: state, exitCode: exitCode))[0].Phase);

    [Fact]
    public void ContainerToAttach_TheOnlyOneOrTheNamedOne()
    {
        var pod = Samples.Pods(Samples.Own("b", pod: "p"), Samples.Own("a", pod: "p"))[0];
        Assert.Equal("b", pod.Container("b").Name);
        Assert.Equal("container c is not valid for pod p", Assert.Throws<KubeStatusException>(() => pod.Container("c")).Message);
        Assert.Equal("a container name must be specified for pod p, choose one of: [a b]", Assert.Throws<KubeStatusException>(() => pod.Container("")).Message);
    }

    [Fact]
    public void ContainerToAttach_TheOneOfTheAnnotation()
    {
        var marked = Samples.Own("b", pod: "p");
        marked = marked with { Spec = marked.Spec with { Annotations = new Dictionary<string, string> { ["kubectl.kubernetes.io/default-container"] = "b" } } };
        Assert.Equal("b", Samples.Pods(marked, Samples.Own("a", pod: "p"))[0].Container("").Name);
    }
}
