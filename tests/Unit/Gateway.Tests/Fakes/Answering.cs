using System.Reflection;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>An interface whose methods answer what a test says, for interfaces of which a test needs one method in many.</summary>
public class Answering : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = null!;

    internal static T Of<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var made = Create<T, Answering>();
        ((Answering)(object)made)._answer = answer;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
