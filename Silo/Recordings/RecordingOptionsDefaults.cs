using CriAttach.Silo.Agent;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Recordings;

/// <summary>The default that follows from the node's directories.</summary>
internal sealed class RecordingOptionsDefaults(IOptions<NodeOptions> node) : IPostConfigureOptions<RecordingOptions>
{
    /// <inheritdoc/>
    public void PostConfigure(string? name, RecordingOptions options) =>
        options.Directory = Path.GetFullPath(options.Directory.Length > 0 ? options.Directory : Path.Combine(node.Value.StateDirectory, "recordings"));
}
