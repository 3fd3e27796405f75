namespace CriAttach.Gateway.Hosting;

/// <summary>The listeners that a route answers on.</summary>
/// <param name="Roles">Their roles.</param>
internal sealed record RoleMetadata(params ListenerRole[] Roles);
