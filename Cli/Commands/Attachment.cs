using CriAttach.Cli.Gateways;
using CriAttach.Cli.Streaming;
using CriAttach.Cli.Streaming.Resume;
using CriAttach.Cli.Terminal;
using CriAttach.Wire;

namespace CriAttach.Cli.Commands;

/// <summary>Attaches this process's terminal or pipes to a container.</summary>
internal sealed class Attachment(CommandContext context, AdminClient client)
{
    // A session that can be resumed need not be patient with a connection that says nothing.
    private static readonly TimeSpan ResumeSilenceLimit = TimeSpan.FromSeconds(15);

    /// <summary>Asks for a session and opens it.</summary>
    /// <param name="reference">What names the container.</param>
    /// <param name="plan">How to attach.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="GatewayException">The gateway refused.</exception>
    /// <exception cref="AttachRefusedException">The session could not be opened.</exception>
    public async Task<IAttachSession> OpenAsync(string reference, AttachPlan plan, CancellationToken cancellationToken)
    {
        var answer = await client.AttachAsync(reference, plan.Body, cancellationToken);
        if (!Uri.TryCreate(answer.Url, UriKind.Absolute, out var url))
        {
            throw new AttachRefusedException("the gateway answered a streaming URL that is not absolute: check its setting StreamBaseUrl");
        }

        url = plan.StreamVia is { } via ? AttachUrl.Via(url, via) : url;
        var options = new AttachSessionOptions { Clock = context.Clock, SilenceLimit = ResumeSilenceLimit };
        return await ResumingSession.ConnectAsync(url, options, plan.StreamVia, Notice, cancellationToken);
    }

    /// <summary>Connects an open session with the standard streams until it ends.</summary>
    /// <param name="session">The session.</param>
    /// <param name="plan">How to attach.</param>
    /// <param name="onReady">What to do once the terminal is set up and output can come; null for nothing.</param>
    /// <returns>How it ended, and the exit code that this means for our own process.</returns>
    public async Task<(AttachEnd End, int ExitCode)> RunAsync(IAttachSession session, AttachPlan plan, Func<Task>? onReady = null)
    {
        var streams = context.Streams;
        var typing = plan.Body is { Stdin: true, Tty: true };
        using var signals = new TerminationSignals();
        using var raw = typing && streams.InputTerminal is { } keyboard ? RawMode.TryEnter(keyboard) : null;
        using var resizes = typing && streams.OutputTerminal is { } screen
            ? await FollowSizeAsync(session, new TerminalWindow(screen), plan.Redraw)
            : null;
        var pump = new AttachPump(session, streams.Output, streams.Error, context.Clock)
        {
            Input = plan.Body.Stdin ? streams.Input : null,
            DetachKeys = raw is not null ? plan.DetachKeys : [],
            LeaveAtInputEnd = raw is not null,
        };
        var running = pump.RunAsync(signals.Received);
        if (onReady is not null)
        {
            await onReady();
        }

        var end = await running;
        return (end, end switch
        {
            { Kind: AttachEndKind.Detached } when signals.Received.IsCompleted => await signals.Received,
            { Kind: AttachEndKind.Exited } => end.ExitCode,
            { Kind: AttachEndKind.Detached, Message.Length: > 0 } => ExitCode.OutputClosed,
            { Kind: AttachEndKind.Detached } => ExitCode.Success,
            _ => ExitCode.Failure,
        });
    }

    /// <summary>Tells the person how it ended, where that is not clear by itself.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="name">The name to attach to again.</param>
    public void Tell(AttachEnd end, string name)
    {
        switch (end.Kind)
        {
            case AttachEndKind.Detached when end.Message.Length > 0:
                context.Error.WriteLine($"criattach: {end.Message}; {name} runs on");
                break;
            case AttachEndKind.Detached:
                context.Error.WriteLine($"\ndetached; {name} runs on. Attach again: criattach attach {name}");
                break;
            case AttachEndKind.ConnectionLost:
                context.Error.WriteLine($"\ncriattach: {end.Message}. {name} is not touched by that. Attach again: criattach attach {name}");
                break;
            case AttachEndKind.Failed or AttachEndKind.ProtocolFault:
                context.Error.WriteLine($"criattach: {end.Message}");
                break;
        }
    }

    // The terminal may be in raw mode.
    private void Notice(string text) => context.Error.Write($"\r\ncriattach: {text}\r\n");

    private static async Task<IDisposable> FollowSizeAsync(IAttachSession session, TerminalWindow window, bool redraw)
    {
        if (window.Size is { } size)
        {
            // The kernel tells PID 1 only of a size that differs, and only that makes a program draw its screen again.
            if (redraw && size is { Width: < ushort.MaxValue, Height: < ushort.MaxValue })
            {
                await session.ResizeAsync(new WindowSize((ushort)(size.Width + 1), (ushort)(size.Height + 1)));
            }

            await session.ResizeAsync(size);
        }

        // The signal is rare and the message small: a gateway that takes no input takes no size either, and then it waits.
        return TerminalWindow.Watch(() =>
        {
            if (window.Size is { } changed)
            {
                _ = session.ResizeAsync(changed).AsTask();
            }
        });
    }
}
