using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>Checks each property of <see cref="ProcessOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ProcessOptionsValidator : IValidateOptions<ProcessOptions>;
