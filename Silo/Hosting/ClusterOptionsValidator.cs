using System.Net;
using CriAttach.Interfaces.Clustering;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Hosting;

/// <summary>Checks what a silo needs of <see cref="ClusterOptions"/>, over what the attributes of its properties say.</summary>
internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (!IPAddress.TryParse(options.AdvertisedAddress, out _))
        {
            faults.AddError($"'{options.AdvertisedAddress}' is not an IP address", nameof(options.AdvertisedAddress));
        }

        if (options.PrimarySilo.Length > 0 && (!IPEndPoint.TryParse(options.PrimarySilo, out var primary) || primary.Port == 0))
        {
            faults.AddError($"'{options.PrimarySilo}' is not of the form address:port", nameof(options.PrimarySilo));
        }

        if (options.SiloPort == options.GatewayPort)
        {
            faults.AddError("must not be SiloPort", nameof(options.GatewayPort));
        }

        if (options.Provider != ClusterProvider.Development && options.ConnectionString.Length == 0)
        {
            faults.AddError($"is needed for {options.Provider}", nameof(options.ConnectionString));
        }

        return faults.Build();
    }
}
