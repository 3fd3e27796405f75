using Microsoft.Extensions.Options;

namespace CriAttach.Streams.Log;

/// <summary>Checks the ranges of <see cref="StdioLogOptions"/> when the process starts.</summary>
[OptionsValidator]
public sealed partial class StdioLogOptionsValidator : IValidateOptions<StdioLogOptions>;
