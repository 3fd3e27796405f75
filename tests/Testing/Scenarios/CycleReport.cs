using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>What silo and gateway held early and late.</summary>
/// <param name="SiloEarly">The silo, early.</param>
/// <param name="SiloLate">The silo, late.</param>
/// <param name="GatewayEarly">The gateway, early.</param>
/// <param name="GatewayLate">The gateway, late.</param>
public sealed record CycleReport(ProcessUsage SiloEarly, ProcessUsage SiloLate, ProcessUsage GatewayEarly, ProcessUsage GatewayLate)
{
    /// <summary>By how much of itself anything grew; the largest.</summary>
    public double Growth => Math.Max(SiloEarly.GrowthTo(SiloLate), GatewayEarly.GrowthTo(GatewayLate));

    /// <inheritdoc/>
    public override string ToString() => $"silo {SiloEarly}; then {SiloLate}; gateway {GatewayEarly}; then {GatewayLate}";
}
