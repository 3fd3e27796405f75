namespace CriAttach.Load.Targets;

internal static class OursTarget
{
    internal static Task<ITarget> StartAsync(string directory, CancellationToken cancellationToken) => throw new NotSupportedException(directory);
}
