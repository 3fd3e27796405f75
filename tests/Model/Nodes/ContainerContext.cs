using System.Reflection;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>The context of the container grain's activation: nothing but its id.</summary>
public class ContainerContext : DispatchProxy
{
    private GrainId _id;

    public static IGrainContext Of(string key)
    {
        var context = Create<IGrainContext, ContainerContext>();
        ((ContainerContext)(object)context)._id = GrainId.Create("criattach.container", key);
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == "get_" + nameof(IGrainContext.GrainId) ? _id : throw new NotSupportedException(targetMethod.Name);
}
