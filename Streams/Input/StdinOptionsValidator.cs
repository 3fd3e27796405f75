using Microsoft.Extensions.Options;

namespace CriAttach.Streams.Input;

/// <summary>Checks the ranges of <see cref="StdinOptions"/> when the process starts.</summary>
[OptionsValidator]
public sealed partial class StdinOptionsValidator : IValidateOptions<StdinOptions>;
