using CriAttach.Streams.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Streams;

namespace CriAttach.Streams.Hosting;

/// <summary>Registers the provider: one call on a silo, one on a client.</summary>
public static class StdioStreamsExtensions
{
    /// <summary>Makes this silo an owner of container streams, and lets its grains use them. Needs an <see cref="IStdioEndpoints"/>.</summary>
    /// <param name="builder">The silo's builder.</param>
    public static ISiloBuilder AddStdioStreams(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddGrainExtension<IStdioOwner, StdioOwner>();
        AddProvider(builder.Services);
        builder.Services.TryAddSingleton<OutputSubscriptions>();
        return builder;
    }

    /// <summary>Lets this client use container streams.</summary>
    /// <param name="builder">The client's builder.</param>
    public static IClientBuilder AddStdioStreams(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddProvider(builder.Services);
        return builder;
    }

    private static void AddProvider(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<DeliveryOptions, DeliveryOptionsValidator>();
        services.TryAddKeyedSingleton<IStreamProvider, StdioStreamProvider>(StdioStreams.ProviderName);
    }
}
