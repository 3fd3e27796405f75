namespace CriAttach.Gateway.Hosting;

/// <summary>Tells a connection which listener took it.</summary>
/// <param name="Role">The listener's role.</param>
internal sealed record ListenerFeature(ListenerRole Role);
