using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming;

/// <content>What the session has of the container that it shares with others, told to clients that can hear of it.</content>
internal sealed partial class AttachSession
{
    private static readonly SessionShare Alone = new() { MayType = true };

    private readonly Lock _shareGate = new();
    private SessionShare _share = Alone;
    private SessionShare _told = Alone;
    private bool _isTelling;

    /// <summary>Gets the revision of what was heard last; 0 for nothing.</summary>
    public long ShareRevision { get; private set; }

    /// <summary>The node says what the session has now.</summary>
    /// <param name="share">What it has.</param>
    /// <param name="revision">The number of that state.</param>
    public void Hear(SessionShare share, long revision)
    {
        ShareRevision = revision;
        lock (_shareGate)
        {
            _share = share;
            if (_link is null || _isTelling || share == _told)
            {
                return;
            }

            _isTelling = true;
        }

        _ = TellShareAsync();
    }

    /// <summary>Tells what is new until nothing is. A client that is slow to hear is told the newest only.</summary>
    private async Task TellShareAsync()
    {
        // The hello comes first.
        await Task.WhenAny(_greeted.Task, _end.Task);
        while (TryTakeNews(out var before, out var now))
        {
            if (_buffer is not null && (now.MayType != before.MayType || now.Holder != before.Holder))
            {
                await TellAsync(new InputRight { MayType = now.MayType, Holder = now.Holder.Length > 0 ? now.Holder : null });
            }

            if (now.Size is { } size && size != before.Size)
            {
                await TellAsync(new SharedSize { Width = size.Width, Height = size.Height });
            }
        }
    }

    private bool TryTakeNews(out SessionShare before, out SessionShare now)
    {
        lock (_shareGate)
        {
            (before, now) = (_told, _share);
            _told = _share;
            _isTelling = now != before && !_end.Task.IsCompleted;
            return _isTelling;
        }
    }
}
