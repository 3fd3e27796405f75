using System.Buffers;
using System.IO.Pipelines;
using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>A session over WebSocket and one of the channel protocols. Reading and writing do not wait for each other.</summary>
internal sealed partial class WebSocketTransport : ISessionTransport
{
    private readonly Stream _input;
    private readonly WebSocketOutput _output;
    private readonly StreamProtocol _protocol;
    private readonly Action _abort;
    private readonly InputRoom _room;
    private readonly ResumeLink? _link;
    private (ushort Code, string Reason) _farewell = (WebSocketCloseCode.Normal, "");

    /// <summary>Makes the transport of an upgraded connection.</summary>
    /// <param name="input">What the client sends. A read of no bytes must wait until there are some.</param>
    /// <param name="output">What goes to the client.</param>
    /// <param name="protocol">The negotiated protocol.</param>
    /// <param name="abort">Cuts the connection.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closed">Fires when the connection is known to be gone.</param>
    /// <param name="window">How much output a client that acknowledges takes ahead of that; 0 for no bound.</param>
    public WebSocketTransport(
        Stream input, PipeWriter output, StreamProtocol protocol, Action abort, TimeProvider time, CancellationToken closed, long window = 0)
    {
        _input = input;
        _output = new WebSocketOutput(output, protocol);
        _protocol = protocol;
        _abort = abort;
        _room = new InputRoom(() => _output.IsBroken, time, closed);
        _link = protocol.HasOffsets ? new ResumeLink(_output, window) : null;
    }

    /// <inheritdoc/>
    public IResumeLink? Resume => _link;

    /// <inheritdoc/>
    public async ValueTask<ClientEnd?> StartAsync(AttachStreams streams)
    {
        if (_link is not null)
        {
            // The hello says it.
            return null;
        }

        var channel = streams.Stdout ? StdioChannel.Stdout : streams.Stderr ? StdioChannel.Stderr : StdioChannel.Status;
        await _output.WriteAsync(channel, ReadOnlyMemory<byte>.Empty);
        return null;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<OutputFrame> frames) =>
        _link is null ? _output.WriteAsync(frames) : WriteAsync(frames, _link.Window);

    /// <inheritdoc/>
    public async Task FinishAsync(SessionStatus? status)
    {
        if (status is not null)
        {
            var text = new ArrayBufferWriter<byte>();
            StatusCodec.Write(text, _protocol, status);
            if (text.WrittenCount > 0)
            {
                await _output.WriteAsync(StdioChannel.Status, text.WrittenMemory);
            }
        }

        if (_link is { IsInterrupted: true })
        {
            _farewell = (WebSocketCloseCode.ServiceRestart, "resume the session");
        }

        await _output.CloseAsync(_farewell.Code, _farewell.Reason);
    }

    /// <inheritdoc/>
    public void Abort()
    {
        _abort();
        _link?.Window.Open();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private async ValueTask WriteAsync(IReadOnlyList<OutputFrame> frames, AckWindow window)
    {
        await window.SendAsync(frames[^1].Offset + frames[^1].Data.Length);
        await _output.WriteAsync(frames);
    }
}
