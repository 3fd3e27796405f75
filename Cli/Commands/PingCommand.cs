using System.CommandLine;
using CriAttach.AdminApi;
using CriAttach.Cli.Output;
using CriAttach.Cli.Streaming;

namespace CriAttach.Cli.Commands;

/// <summary><c>criattach ping</c>.</summary>
internal sealed class PingCommand
{
    private const double Median = 0.5;
    private const double Tail = 0.99;

    private readonly Argument<string> _container = Arguments.Container();
    private readonly Option<int> _count = Arguments.Number("--count", "-c", minimum: 1, 100, "chunks", "How many chunks to send");
    private readonly Option<int> _timeout = Arguments.Number("--timeout", "", minimum: 1, 10, "seconds", "How long each echo may take");
    private readonly Option<string?> _streamVia = AttachOptions.StreamVia();
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON" };

    /// <summary>Makes the command.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="context">The world.</param>
    public Command Create(GatewayOptions gateway, CommandContext context)
    {
        var command = new Command(
            "ping", "Measure the round trip to PID 1 of a container that echoes its input, such as cat: what is sent is typed into it")
        {
            _container, _count, _timeout, _streamVia, _json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(gateway, context, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GatewayOptions gateway, CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = gateway.Connect(parsed, context);
        var container = await client.GetContainerAsync(parsed.GetRequiredValue(_container), cancellationToken);
        if (!container.Stdin)
        {
            throw new CommandException($"{container.Name} was started without -i: it takes no input that it could echo");
        }

        var body = new AttachBody { Stdin = true, Stdout = true, Tty = container.Tty, Replay = ReplayMode.None };
        var answer = await client.AttachAsync(container.Id, body, cancellationToken);
        var attachUrl = new Uri(answer.Url);
        var streamUrl = AttachOptions.ParseVia(parsed.GetValue(_streamVia)) is { } via ? AttachUrl.Via(attachUrl, via) : attachUrl;
        await using var session = await AttachSession.ConnectAsync(
            streamUrl, new AttachSessionOptions { Clock = context.Clock }, cancellationToken);
        var result = await new EchoMeter(session, context.Clock).MeasureAsync(
            parsed.GetValue(_count), TimeSpan.FromSeconds(parsed.GetValue(_timeout)), cancellationToken);
        await session.DetachAsync();
        var report = new PingReport
        {
            AttachUrl = AttachUrl.WithoutToken(attachUrl),
            StreamUrl = AttachUrl.WithoutToken(streamUrl),
            Count = result.Times.Count,
            Bytes = result.Bytes,
            P50Milliseconds = Math.Round(result.Percentile(Median).TotalMilliseconds, 3),
            P99Milliseconds = Math.Round(result.Percentile(Tail).TotalMilliseconds, 3),
        };
        context.Output.WriteLine(parsed.GetValue(_json) ? report.ToJson() : report.ToString());
        return ExitCode.Success;
    }
}
