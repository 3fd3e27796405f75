using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

// Pings out, pongs back. They have a queue and a pump of their own: a pong that had to wait behind input which PID 1
// does not read would stop the output, for which PID 1 may be waiting in turn.
internal sealed partial class AttachSession
{
    private long _lastHeard;
    private bool _listening;
    private string? _gaveUp;

    private void Tick()
    {
        var silence = _options.Clock.GetElapsedTime(Volatile.Read(ref _lastHeard));
        if (Volatile.Read(ref _listening) && silence >= _options.SilenceLimit)
        {
            GiveUp($"the gateway was silent for {silence.TotalSeconds:0} s");
            return;
        }

        _controls.Writer.TryWrite(new(WebSocketOpcode.Ping, []));
    }

    private void GiveUp(string why)
    {
        Interlocked.CompareExchange(ref _gaveUp, why, null);
        _stream.Dispose();
    }

    private async Task PumpControlsAsync()
    {
        await foreach (var control in _controls.Reader.ReadAllAsync())
        {
            await SendControlAsync(control);
        }
    }

    private readonly record struct Control(WebSocketOpcode Opcode, byte[] Payload);
}
