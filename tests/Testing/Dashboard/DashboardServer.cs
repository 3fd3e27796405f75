using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Dashboard;

/// <summary>The admin listener of one gateway: the page, the API and the login, on one origin.</summary>
/// <param name="Url">Its URL, ending with a slash.</param>
public sealed record DashboardServer(Uri Url)
{
    /// <summary>The token of all gateways under test.</summary>
    public const string Token = "dash-0123456789abcdef0123456789abcdef";

    /// <summary>Makes a gateway serve it.</summary>
    /// <param name="directory">Where the token's file goes.</param>
    /// <param name="settings">The gateway's settings.</param>
    internal static DashboardServer Serve(string directory, Dictionary<string, string> settings)
    {
        var tokenFile = Path.Combine(directory, "admin.token");
        File.WriteAllText(tokenFile, Token);
        var authority = $"127.0.0.1:{LoopbackPorts.Next()}";
        settings["CriAttach:Gateway:AdminAddress"] = authority;
        settings["CriAttach:Gateway:AdminTokenFile"] = tokenFile;
        return new DashboardServer(new Uri($"http://{authority}/"));
    }
}
