using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Testing;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>
/// The admin API's description for programs is checked in, so that a change of the API is seen in review. To accept one, run this class with
/// <c>CRIATTACH_ACCEPT_API=1</c> and commit the file that it writes.
/// </summary>
public sealed class OpenApiTests(AdminGateway gateway) : IClassFixture<AdminGateway>
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Top, "docs", "openapi.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Document_IsTheOneCheckedIn()
    {
        using var document = JsonDocument.Parse(await gateway.Local.GetStringAsync(new Uri(AdminRoutes.OpenApi, UriKind.Relative)));
        var now = JsonSerializer.Serialize(document.RootElement, Indented) + "\n";
        if (Environment.GetEnvironmentVariable("CRIATTACH_ACCEPT_API") == "1")
        {
            await File.WriteAllTextAsync(Path, now);
        }

        Assert.True(
            File.Exists(Path) && await File.ReadAllTextAsync(Path) == now,
            $"The admin API is not what {Path} says. If that is wanted, run this class with CRIATTACH_ACCEPT_API=1, commit the file, and run 'npm run generate' in Dashboard.");
    }
}
