using CriAttach.Gateway.Streaming.Output;
using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming;

/// <content>What a client that can come back gets besides.</content>
internal sealed partial class AttachSession
{
    private long _epoch;
    private bool _isLost;
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks the client to come back by another gateway. One that cannot stays until the gateway is out of patience.</summary>
    public async Task MoveAsync()
    {
        // The hello comes first: without it the client could not come back.
        await Task.WhenAny(_greeted.Task, _end.Task);
        await TellAsync(new MoveAway());
    }

    private ResumeHello Hello() => new()
    {
        Session = Key.Id,
        Token = _claimed.ResumeToken,
        Urls = _services.ResumeUrls.All,
        Window = _claim.ResumeWindow.TotalSeconds,
        Epoch = _claim.Epoch,
        Offset = _claim.StartOffset,
        Input = _claim.InputStart,
        DoubtBefore = _claim.InputDoubtBefore,
    };

    private bool IsInterrupted(SessionEnd end) => _link is not null && end.Cause.IsInterruption();

    private async Task TellAsync(ResumeMessage message)
    {
        try
        {
            await (_link?.TellAsync(message) ?? ValueTask.CompletedTask);
        }
        catch (IOException)
        {
            TryEnd(EndCause.ClientGone);
        }
    }

    /// <summary>Tells where a piece lies that does not follow what came before. Of a gap whose length nobody knows, the next piece tells the end.</summary>
    private async ValueTask LocateAsync(IResumeLink link, OutputPiece piece, List<OutputFrame> frames)
    {
        _isLost |= piece.Lost < 0;
        if (piece.Lost < 0 || (piece.Lost == 0 && piece.Chunk.Epoch == _epoch && !_isLost))
        {
            return;
        }

        if (frames.Count > 0)
        {
            await _transport.WriteAsync(frames);
            frames.Clear();
        }

        _epoch = piece.Chunk.Epoch;
        await link.TellAsync(new OutputPosition { Epoch = _epoch, Offset = piece.Offset, Lost = _isLost ? -1 : piece.Lost });
        _isLost = false;
    }
}
