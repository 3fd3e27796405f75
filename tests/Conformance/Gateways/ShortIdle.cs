namespace CriAttach.Conformance.Tests.Gateways;

/// <summary>A gateway that ends sessions soon on which nothing moves.</summary>
public sealed class ShortIdle : GatewayFixture
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Settings => ["--CriAttach:Gateway:IdleTimeout=00:00:03"];
}
