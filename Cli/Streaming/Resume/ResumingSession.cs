using CriAttach.Cli.Output;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Resume;

namespace CriAttach.Cli.Streaming.Resume;

/// <summary>
/// An attach that outlives its connections (docs/resume-protocol.md): when one breaks it goes on by another gateway at the next byte, both ways.
/// With a gateway that cannot do that it is one connection.
/// </summary>
internal sealed partial class ResumingSession : IAttachSession
{
    private readonly AttachSessionOptions _options;
    private readonly Uri? _via;
    private readonly Action<string> _notice;
    private readonly CancellationTokenSource _over = new();
    private AttachSession _link = null!;
    private ResumeHello? _hello;
    private long _epoch;
    private long _next;
    private volatile bool _leaving;

    private ResumingSession(AttachSessionOptions options, Uri? via, Action<string> notice)
    {
        _options = options with { Offers = [StreamProtocol.Resume, StreamProtocol.V5], Control = message => Hear(message, options.Control) };
        _via = via;
        _notice = notice;
    }

    /// <inheritdoc/>
    public AttachEnd? End { get; private set; }

    /// <summary>Gets the URL of the present connection.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Connects to a gateway and opens the session.</summary>
    /// <param name="url">The URL that Attach answered.</param>
    /// <param name="options">The clocks and limits.</param>
    /// <param name="via">The base URL of a gateway that the session is to be resumed by; null for those that the gateway names.</param>
    /// <param name="notice">Hears what a person should know of interruptions.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AttachRefusedException">The gateway cannot be reached, or refused.</exception>
    public static async Task<ResumingSession> ConnectAsync(
        Uri url, AttachSessionOptions options, Uri? via, Action<string> notice, CancellationToken cancellationToken = default)
    {
        var session = new ResumingSession(options, via, notice);
        session._link = await AttachSession.ConnectAsync(url, session._options, cancellationToken);
        session.Url = url;
        if (!session.CanResume)
        {
            session._gate.Release();
        }

        return session;
    }

    private bool CanResume => _link.Protocol.HasOffsets;

    /// <inheritdoc/>
    public async ValueTask<AttachOutput?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (End is null)
        {
            if (await _link.ReadAsync(cancellationToken) is { } output)
            {
                _next = output.Offset + output.Payload.Length;
                return output;
            }

            var lost = _link.End!;
            if (lost.Kind != AttachEndKind.ConnectionLost || _hello is null || _leaving)
            {
                Finish(lost);
            }
            else if (await ReconnectAsync(lost, _hello) is { } end)
            {
                Finish(end);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DetachAsync()
    {
        _leaving = true;
        await _link.DetachAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _link.DisposeAsync();
    }

    private void Finish(AttachEnd end)
    {
        End = end;
        _over.Cancel();
    }

    /// <summary>A control message, between the output before it and that behind it.</summary>
    private void Hear(ResumeMessage message, Action<ResumeMessage>? also)
    {
        also?.Invoke(message);
        switch (message)
        {
            case ResumeHello hello:
                (_hello, _epoch, _next) = (hello, hello.Epoch, hello.Offset);
                _ = ResendAsync(_link, hello);
                break;
            case OutputPosition position:
                (_epoch, _next) = (position.Epoch, position.Offset);
                if (position.Lost != 0)
                {
                    _notice(position.Lost < 0 ? "some output is lost, nobody knows how much" : $"{position.Lost} bytes of output are lost");
                }

                break;
            case InputDelivered delivered:
                _unacked.TrimTo(delivered.Offset);
                break;
            case InputDoubt doubt:
                TellDoubt(doubt.From, doubt.To);
                break;
            case InputRight { MayType: false } right:
                _notice(right.Holder is { } holder
                    ? $"session {Listings.ShortId(holder)} holds the input: what you type is discarded"
                    : "you are watching: what you type is discarded");
                break;
            case InputRight right:
                _notice(right.Holder is null ? "what you type reaches PID 1 again" : "the input is yours alone");
                break;
            case MoveAway:
                _notice("the gateway is going to stop; going elsewhere");
                _moving = true;
                _link.Abandon();
                break;
            default:
                break;
        }
    }

    private void TellDoubt(long from, long to)
    {
        _notice($"{to - from} bytes of input may not have arrived: the container's node failed while they were under way");
        _unacked.TrimTo(to);
    }
}
