using System.IO.Compression;
using System.Text;
using CriAttach.Gateway.Admin.Page;

namespace CriAttach.Gateway.Tests.Admin.Page;

public sealed class PageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ca-page-").FullName;

    [Fact]
    public void NoFolder_IsNoPage()
    {
        var page = new PageFolder(Path.Combine(_folder, "missing"));
        Assert.False(page.IsBuilt);
        Assert.Null(page.Find("/"));
    }

    [Fact]
    public void Files_AreFoundByTheirPath_WithTypeAndAge()
    {
        Write("index.html", "<!doctype html>");
        Write("assets/index-1a2b.js", new string('x', 1000));
        var page = new PageFolder(_folder);
        Assert.True(page.IsBuilt);
        Assert.Same(page.Find("/index.html"), page.Find("/"));
        Assert.False(page.Find("/")!.IsForever);
        var script = page.Find("/assets/index-1a2b.js")!;
        Assert.Equal(("text/javascript; charset=utf-8", true), (script.ContentType, script.IsForever));
        using var zipped = new GZipStream(new MemoryStream(script.Zipped!), CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        Assert.Equal(new string('x', 1000), reader.ReadToEnd());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/..")]
    [InlineData("/../secret")]
    [InlineData("/assets/../../secret")]
    [InlineData("//etc/passwd")]
    [InlineData("/INDEX.HTML")]
    [InlineData("/assets")]
    public void OtherPaths_LeadNowhere(string path)
    {
        Write("index.html", "x");
        Write("assets/a.js", "x");
        Assert.Null(new PageFolder(_folder).Find(path));
    }

    [Fact]
    public void Policy_NamesTheStreams_AndHasNoInlineScript()
    {
        var policy = PagePolicy.Of(["http://127.0.0.1:8081", "https://attach.example.org"]);
        Assert.Contains("connect-src 'self' http://127.0.0.1:8081 ws://127.0.0.1:8081 https://attach.example.org wss://attach.example.org;", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(content));
    }
}
