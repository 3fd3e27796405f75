namespace CriAttach.Gateway.Admin;

/// <summary>The version of this gateway.</summary>
internal static class GatewayVersion
{
    /// <summary>Gets it as text.</summary>
    public static string Text { get; } = typeof(GatewayVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
