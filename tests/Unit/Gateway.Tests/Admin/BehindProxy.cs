namespace CriAttach.Gateway.Tests.Admin;

/// <summary>A gateway that browsers reach through a TLS proxy.</summary>
public sealed class BehindProxy : AdminGateway
{
    internal const string Url = "https://criattach.example.org";

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings => [$"--CriAttach:Gateway:AdminBaseUrl={Url}/"];
}
