namespace CriAttach.Testing.Attach;

/// <summary>How an attach client behaves.</summary>
public sealed record AttachClientOptions
{
    /// <summary>Takes output instead of the client's own buffers; called in order, on the reading task.</summary>
    public OutputSink? Sink { get; init; }

    /// <summary>How many bytes are read per second; 0 for as many as come.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>The size of the kernel's receive buffer; 0 for the usual.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>How long the client waits for the next byte of any kind before it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);
}
