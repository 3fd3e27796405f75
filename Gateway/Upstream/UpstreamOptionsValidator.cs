using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Upstream;

/// <summary>Refuses a socket that can never be connected to. Whether anybody listens there is no matter of configuration.</summary>
internal sealed class UpstreamOptionsValidator : IValidateOptions<UpstreamOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, UpstreamOptions options) =>
        options.Socket.Length == 0 || UpstreamSocket.TryParse(options.Socket, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{UpstreamOptions.Section}:Socket must be an absolute path of at most {UpstreamSocket.MaxPathLength} bytes, or unix:// and such a path: '{options.Socket}'");
}
