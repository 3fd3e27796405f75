using Microsoft.Extensions.DependencyInjection;

namespace CriAttach.Grains.Sessions;

/// <summary>Makes the session table, and with it the sessions of the silo's life before, ahead of the first call that could ask for one.</summary>
internal sealed class SessionRestore(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(SessionRestore), ServiceLifecycleStage.RuntimeInitialize, _ =>
        {
            services.GetRequiredService<SessionTable>();
            return Task.CompletedTask;
        });
}
