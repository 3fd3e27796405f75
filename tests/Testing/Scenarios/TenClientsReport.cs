using System.Globalization;

namespace CriAttach.Testing.Scenarios;

/// <summary>What eight clients had to bear of two.</summary>
/// <param name="Stopped">How long PID 1 stood still in all.</param>
/// <param name="Rate">Their rate once the two had lost their right, as a share of that without them.</param>
/// <param name="FirstByte">How long a client that came then waited for output.</param>
/// <param name="SlowestInterrupt">The longest time from Ctrl-C to PID 1's answer, all the while.</param>
public sealed record TenClientsReport(TimeSpan Stopped, double Rate, TimeSpan FirstByte, TimeSpan SlowestInterrupt)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"PID 1 stood still for {Stopped.TotalSeconds:f1} s in all, then the others at {Rate:p0}; a new client's first byte {FirstByte.TotalMilliseconds:f0} ms; slowest Ctrl-C {SlowestInterrupt.TotalMilliseconds:f0} ms");
}
