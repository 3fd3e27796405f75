using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Tests;

/// <summary>A clock whose time of day can be set, which is no news to its timers and timestamps. A file of several test projects.</summary>
internal sealed class SettableClock : FakeTimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
