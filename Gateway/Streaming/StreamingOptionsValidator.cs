using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>Checks the ranges of <see cref="StreamingOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class StreamingOptionsValidator : IValidateOptions<StreamingOptions>;
