using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Tests.Streaming;

/// <summary>Keeps what a transport hands over.</summary>
internal sealed class RecordingInput : ISessionInput
{
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<byte> Bytes { get; } = [];

    public List<TerminalSize> Sizes { get; } = [];

    public long Delivered { get; set; }

    public bool Ended { get; private set; }

    public int Touches { get; private set; }

    public Task Received => _received.Task;

    public TaskCompletionSource? Room { get; set; }

    public Task WriteAsync(ReadOnlySpan<byte> data)
    {
        Bytes.AddRange(data);
        _received.TrySetResult();
        return Room?.Task ?? Task.CompletedTask;
    }

    public void End() => Ended = true;

    public void Touch() => Touches++;

    public void Resize(TerminalSize size) => Sizes.Add(size);
}
