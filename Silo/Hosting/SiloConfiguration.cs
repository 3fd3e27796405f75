namespace CriAttach.Silo.Hosting;

/// <summary>Where settings come from, the later one wins: <c>appsettings.json</c>, <c>/etc/criattach/*.json</c>, the environment, the command line.</summary>
internal static class SiloConfiguration
{
    private const string MachineDirectory = "/etc/criattach";

    /// <summary>Adds the files of the machine, and what goes before them once more.</summary>
    public static void AddSiloFiles(this ConfigurationManager configuration, string[] args)
    {
        if (Directory.Exists(MachineDirectory))
        {
            foreach (var file in Directory.EnumerateFiles(MachineDirectory, "*.json").Order(StringComparer.Ordinal))
            {
                configuration.AddJsonFile(file, optional: true, reloadOnChange: false);
            }
        }

        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
    }
}
