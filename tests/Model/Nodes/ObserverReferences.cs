using System.Reflection;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>A grain factory that knows observers only: the reference of one is itself.</summary>
public class ObserverReferences : DispatchProxy
{
    public static IGrainFactory Factory { get; } = Create<IGrainFactory, ObserverReferences>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IGrainFactory.CreateObjectReference) => args![0],
        nameof(IGrainFactory.DeleteObjectReference) => null,
        _ => throw new NotSupportedException(targetMethod.Name),
    };
}
