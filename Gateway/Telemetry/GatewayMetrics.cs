using System.Diagnostics.Metrics;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Telemetry;

/// <summary>The meters of the gateway process. No ids in tags.</summary>
internal sealed class GatewayMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CriAttach.Gateway";

    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _output;
    private readonly Counter<long> _input;
    private readonly Counter<long> _lost;
    private long _outputTotal;
    private long _inputTotal;

    /// <summary>Makes the meters.</summary>
    /// <param name="factory">The factory.</param>
    public GatewayMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _active = meter.CreateUpDownCounter<long>("criattach.sessions.active", "{session}", "Sessions that are served now, by kind.");
        _ended = meter.CreateCounter<long>("criattach.sessions.ended", "{session}", "Sessions that ended, by kind and cause.");
        _output = meter.CreateCounter<long>("criattach.output", "By", "Bytes of output sent to clients.");
        _input = meter.CreateCounter<long>("criattach.input", "By", "Bytes of input taken from clients.");
        _lost = meter.CreateCounter<long>("criattach.output.lost", "By", "Bytes of output that clients were told are lost.");
    }

    /// <summary>Gets how many bytes of output were sent to clients so far.</summary>
    public long OutputTotal => Volatile.Read(ref _outputTotal);

    /// <summary>Gets how many bytes of input were taken from clients so far.</summary>
    public long InputTotal => Volatile.Read(ref _inputTotal);

    /// <summary>Gets the times that echoes took.</summary>
    public EchoTimes Echoes { get; } = new();

    /// <summary>A session began.</summary>
    /// <param name="kind">What it is.</param>
    public void SessionStarted(SessionKind kind) => _active.Add(1, KindTag(kind));

    /// <summary>A session ended.</summary>
    /// <param name="kind">What it was.</param>
    /// <param name="cause">Why.</param>
    public void SessionEnded(SessionKind kind, EndCause cause)
    {
        _active.Add(-1, KindTag(kind));
        if (_ended.Enabled)
        {
            _ended.Add(1, KindTag(kind), new KeyValuePair<string, object?>("cause", cause.ToString()));
        }
    }

    /// <summary>Output went to a client.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public void OutputBytes(long bytes)
    {
        _output.Add(bytes);
        Interlocked.Add(ref _outputTotal, bytes);
    }

    /// <summary>Input came from a client.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public void InputBytes(long bytes)
    {
        _input.Add(bytes);
        Interlocked.Add(ref _inputTotal, bytes);
    }

    /// <summary>Output was lost.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public void OutputLost(long bytes) => _lost.Add(bytes);

    private static KeyValuePair<string, object?> KindTag(SessionKind kind) => new("kind", kind switch
    {
        SessionKind.Exec => "exec",
        SessionKind.PortForward => "portforward",
        _ => "attach",
    });
}
