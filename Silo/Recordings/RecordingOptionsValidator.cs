using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Recordings;

/// <summary>Checks each property of <see cref="RecordingOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RecordingOptionsValidator : IValidateOptions<RecordingOptions>;
