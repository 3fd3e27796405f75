using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Recordings;

/// <summary>What every recording needs.</summary>
internal sealed record RecorderServices(RecordingStore Store, IOptions<RecordingOptions> Options, TimeProvider Clock, ILogger<ContainerRecording> Logger);
