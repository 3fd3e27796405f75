using Microsoft.Extensions.Options;

namespace CriAttach.Grains.Sessions;

/// <summary>Checks the ranges of <see cref="SessionOptions"/> when the process starts.</summary>
[OptionsValidator]
public sealed partial class SessionOptionsValidator : IValidateOptions<SessionOptions>;
