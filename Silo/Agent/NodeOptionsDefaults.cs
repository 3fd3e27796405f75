using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Agent;

/// <summary>The defaults that follow from the node's name.</summary>
internal sealed class NodeOptionsDefaults : IPostConfigureOptions<NodeOptions>
{
    /// <inheritdoc/>
    public void PostConfigure(string? name, NodeOptions options)
    {
        options.StateDirectory = Path.GetFullPath(options.StateDirectory.Length > 0 ? options.StateDirectory : $"/var/lib/criattach/{options.Name}");
        options.RunDirectory = Path.GetFullPath(options.RunDirectory.Length > 0 ? options.RunDirectory : $"/run/criattach/{options.Name}");
    }
}
