using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>Checks each property of <see cref="CriUpstreamOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class CriUpstreamOptionsValidator : IValidateOptions<CriUpstreamOptions>;
