using CriAttach.Interfaces.Clustering;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Hosting;

/// <summary>Checks each property of <see cref="ClusterOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ClusterOptionsPropertyValidator : IValidateOptions<ClusterOptions>;
