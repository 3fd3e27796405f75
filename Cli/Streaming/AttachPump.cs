using CriAttach.Cli.Terminal;
using CriAttach.Wire.Channels;

namespace CriAttach.Cli.Streaming;

/// <summary>Connects a session with this process's own streams until one of them has had enough.</summary>
internal sealed class AttachPump(IAttachSession session, Stream output, Stream error, TimeProvider clock)
{
    /// <summary>How long the beginning of the detach keys is held back: longer than a practised hand takes for the rest.</summary>
    public static readonly TimeSpan PrefixPatience = TimeSpan.FromMilliseconds(150);

    private const int InputBufferLength = 32 * 1024;
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    /// <summary>Gets the input, read no faster than the gateway takes it; null for none.</summary>
    public Stream? Input { get; init; }

    /// <summary>Gets a value indicating whether the end of the input is the end of our stay: a terminal in raw mode has no other than hanging up.</summary>
    public bool LeaveAtInputEnd { get; init; }

    /// <summary>Gets the keys that detach, as bytes; empty for none.</summary>
    public byte[] DetachKeys { get; init; } = [];

    /// <summary>Runs until the session is over.</summary>
    /// <param name="leave">Ends when this side wants to leave.</param>
    /// <returns>How the session ended.</returns>
    public async Task<AttachEnd> RunAsync(Task leave)
    {
        using var over = new CancellationTokenSource();
        var delivered = DeliverAsync();
        var typed = Input is null ? Task.Delay(Timeout.InfiniteTimeSpan, clock, over.Token) : TypeAsync(Input, over.Token);
        try
        {
            // Only the keys, a broken input or a signal end the second or the third; the end of the input does not.
            if (await Task.WhenAny(delivered, typed, leave) != delivered)
            {
                var leaving = session.DetachAsync().AsTask();

                // A terminal that was stopped with Ctrl-S takes no output, and must not keep us.
                await Task.WhenAny(Task.WhenAll(delivered, leaving), Task.Delay(LeavePatience, clock, over.Token));
                return new(AttachEndKind.Detached);
            }

            return await delivered;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task<AttachEnd> DeliverAsync()
    {
        while (await session.ReadAsync() is { } piece)
        {
            try
            {
                await (piece.Channel == StdioChannel.Stderr ? error : output).WriteAsync(piece.Payload);
            }
            catch (IOException fault)
            {
                await session.DetachAsync();
                return new(AttachEndKind.Detached, $"nobody takes the output any more: {fault.Message}");
            }
        }

        return session.End ?? throw new InvalidOperationException("a session without output has ended");
    }

    // Ends only when this side is to leave.
    private async Task TypeAsync(Stream input, CancellationToken over)
    {
        var matcher = new DetachKeyMatcher(DetachKeys);
        var typed = new byte[InputBufferLength];
        var passed = new byte[matcher.OutputLength(InputBufferLength)];
        while (true)
        {
            var reading = ReadAsync(input, typed, over);
            if (matcher.IsHolding && await Task.WhenAny(reading, Task.Delay(PrefixPatience, clock, over)) != reading)
            {
                await session.SendStdinAsync(passed.AsMemory(0, matcher.Flush(passed)), over);
            }

            var count = await reading;
            if (count == 0 && LeaveAtInputEnd)
            {
                return;
            }

            if (count == 0)
            {
                await session.SendStdinAsync(passed.AsMemory(0, matcher.Flush(passed)), over);
                await session.CloseStdinAsync(over);
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, over);
            }

            var detach = matcher.Process(typed.AsSpan(0, count), passed, out var length);
            await session.SendStdinAsync(passed.AsMemory(0, length), over);
            if (detach)
            {
                return;
            }
        }
    }

    // A terminal that hung up reads as an error; to PID 1 both are the end of the input.
    private static async Task<int> ReadAsync(Stream input, Memory<byte> buffer, CancellationToken over)
    {
        try
        {
            return await input.ReadAsync(buffer, over);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
