using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Checks each property of <see cref="ConmonOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ConmonOptionsValidator : IValidateOptions<ConmonOptions>;
