using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.KubeApi;

/// <summary>Checks <see cref="KubeOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class KubeOptionsValidator : IValidateOptions<KubeOptions>;
