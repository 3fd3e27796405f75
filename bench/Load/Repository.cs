namespace CriAttach.Load;

/// <summary>Where the sources lie that this was built from.</summary>
internal static class Repository
{
    /// <summary>The top of the tree.</summary>
    internal static string Top { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo directory) =>
        File.Exists(Path.Combine(directory.FullName, "CriAttach.sln"))
            ? directory.FullName
            : Find(directory.Parent ?? throw new InvalidOperationException("This runs only inside the repository."));
}
