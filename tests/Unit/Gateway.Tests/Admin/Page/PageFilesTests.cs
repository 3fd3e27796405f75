using CriAttach.Gateway.Admin.Page;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Admin.Page;

public sealed class PageFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ca-page-").FullName;

    [Fact]
    public async Task Index_IsNeverKept_AndMayLoadOnlyItsOwn()
    {
        Build();
        var response = await GetAsync("/");
        Assert.Equal((200, "text/html; charset=utf-8", "before"), (response.StatusCode, response.ContentType, response.Headers.CacheControl.ToString()));
        Assert.Contains("script-src 'self';", response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.Contains("ws://127.0.0.1:1", response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asset_IsKeptForEver_AndComesZippedToThoseWhoCanRead()
    {
        Build();
        var plain = await GetAsync("/assets/index-1a2b.js");
        var zipped = await GetAsync("/assets/index-1a2b.js", "gzip, br");
        Assert.Equal("private, max-age=31536000, immutable", plain.Headers.CacheControl.ToString());
        Assert.Equal((1000, ""), (plain.ContentLength, plain.Headers.ContentEncoding.ToString()));
        Assert.Equal("gzip", zipped.Headers.ContentEncoding.ToString());
        Assert.True(zipped.ContentLength < 100);
        Assert.Contains("Accept-Encoding", zipped.Headers.Vary.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "POST")]
    [InlineData("/assets/other.js", "GET")]
    [InlineData("/api/v1/nodes", "GET")]
    public async Task WhatIsNotThePage_GoesOn(string path, string method)
    {
        Build();
        Assert.Equal(418, (await GetAsync(path, method: method)).StatusCode);
    }

    [Fact]
    public async Task PageThatWasNotBuilt_SaysHowToBuildIt()
    {
        var response = await GetAsync("/");
        Assert.Equal(503, response.StatusCode);
        response.Body.Position = 0;
        using var reader = new StreamReader(response.Body);
        Assert.Contains("npm --prefix Dashboard run build", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Build()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        File.WriteAllText(Path.Combine(_folder, "index.html"), "<!doctype html>");
        File.WriteAllText(Path.Combine(_folder, "assets", "index-1a2b.js"), new string('x', 1000));
    }

    private async Task<HttpResponse> GetAsync(string path, string encoding = "", string method = "GET")
    {
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        context.Response.Headers.CacheControl = "before";
        context.Request.Path = path;
        context.Request.Method = method;
        context.Request.Headers.AcceptEncoding = encoding;
        var files = new PageFiles(
            next =>
            {
                next.Response.StatusCode = 418;
                return Task.CompletedTask;
            },
            new PageFolder(_folder),
            new FakeOrigins());
        await files.InvokeAsync(context);
        return context.Response;
    }

    private sealed class FakeOrigins : IStreamOrigins
    {
        public IReadOnlyList<string> All => ["http://127.0.0.1:1"];
    }
}
