namespace CriAttach.Testing;

/// <summary>Where the sources lie that this was built from, and what was built with it.</summary>
public static class Repository
{
    /// <summary>The top of the tree.</summary>
    public static string Top { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The configuration of this build.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>The assembly of a host, built in the configuration of the tests; one of another release where eng/versions.sh names its tree.</summary>
    /// <param name="host">Its folder: <c>Silo</c> or <c>Gateway</c>.</param>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string Host(string host)
    {
        var tree = Environment.GetEnvironmentVariable($"CRIATTACH_TEST_{host.ToUpperInvariant()}") is { Length: > 0 } other ? other : Top;
        var path = Path.Combine(tree, host, "bin", Configuration, "net10.0", $"CriAttach.{host}.dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing: build {host} in {Configuration} first.", path);
    }

    private static string Find(DirectoryInfo directory) =>
        File.Exists(Path.Combine(directory.FullName, "CriAttach.sln"))
            ? directory.FullName
            : Find(directory.Parent ?? throw new InvalidOperationException("This runs only inside the repository."));
}
