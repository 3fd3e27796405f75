using CriAttach.Streams.Input;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Hosting;

/// <summary>Checks each property of <see cref="StdinOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StdinOptionsValidator : IValidateOptions<StdinOptions>;
