namespace CriAttach.Gateway.Hosting;

/// <summary>Where settings come from, the later one wins: <c>appsettings.json</c>, <c>/etc/criattach/*.json</c>, the environment, the command line.</summary>
internal static class GatewayConfiguration
{
    private const string Directory = "/etc/criattach";

    /// <summary>Adds the files of the machine, and what goes before them once more.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="args">The command line.</param>
    public static void AddGatewayFiles(this ConfigurationManager configuration, string[] args)
    {
        if (System.IO.Directory.Exists(Directory))
        {
            foreach (var file in System.IO.Directory.EnumerateFiles(Directory, "*.json").Order(StringComparer.Ordinal))
            {
                configuration.AddJsonFile(file, optional: true, reloadOnChange: false);
            }
        }

        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
    }
}
