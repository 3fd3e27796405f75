using System.Xml.Linq;

namespace CriAttach.Architecture.Tests;

/// <summary>Who may reference whom: the table of docs/architecture.md, read from the project files.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["protos"] = [],
        ["Wire"] = [],
        ["Transports"] = ["Wire"],
        ["AdminApi"] = [],
        ["Interfaces"] = [],
        ["Streams"] = ["Interfaces"],
        ["Grains"] = ["Interfaces", "Streams"],
        ["Silo"] = ["Grains", "Interfaces", "Streams", "Transports", "Wire", "protos"],
        ["Gateway"] = ["AdminApi", "Interfaces", "Streams", "Transports", "Wire", "protos"],
        ["Cli"] = ["AdminApi", "Wire", "protos"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["protos"] = ["Google.Protobuf", "Grpc.AspNetCore", "Grpc.Tools"],
        ["Wire"] = [],
        ["Transports"] = [],
        ["AdminApi"] = [],
        ["Interfaces"] = ["Microsoft.Orleans.Sdk"],
        ["Streams"] = ["Microsoft.Orleans.Sdk", "Microsoft.Orleans.Streaming"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatTheTableAllows(string project)
    {
        var references = Items(project, "ProjectReference").Select(path => path.Split('/')[^2]);
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_TakesOnlyThePackagesOfItsLayer(string project)
    {
        if (AllowedPackages.TryGetValue(project, out var allowed))
        {
            Assert.Empty(Items(project, "PackageReference").Except(allowed));
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_NamesNoVersions(string project) =>
        Assert.DoesNotContain("Version=", File.ReadAllText(ProjectFile(project)), StringComparison.Ordinal);

    [Fact]
    public void EveryProductFolder_IsInTheTable()
    {
        var folders = Directory.GetDirectories(Repository.Root)
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(folder => Path.GetFileName(folder)!);
        Assert.Equal(Allowed.Keys.Order(), folders.Order());
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(ProjectFile(project)).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

    private static string ProjectFile(string project) =>
        Directory.GetFiles(Path.Combine(Repository.Root, project), "*.csproj").Single();
}
