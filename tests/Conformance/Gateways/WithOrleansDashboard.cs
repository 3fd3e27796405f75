using Orleans.Dashboard;

namespace CriAttach.Conformance.Tests.Gateways;

/// <summary>A gateway and a silo that have Orleans' own dashboard.</summary>
public sealed class WithOrleansDashboard : GatewayFixture
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Settings => ["--CriAttach:Gateway:OrleansDashboard=true"];

    /// <inheritdoc/>
    protected override void Configure(ISiloBuilder silo) => silo.AddDashboard();
}
