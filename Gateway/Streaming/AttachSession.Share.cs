using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Resume;

namespace CriAttach.Gateway.Streaming;

/// <content>What the session has of the container that it shares with others, told to clients that can hear of it.</content>
internal sealed partial class AttachSession
{
    private static readonly SessionShare Alone = new() { MayType = true };

    private readonly Lock _shareGate = new();
    private SessionShare _share = Alone;
    private Task _telling = Task.CompletedTask;

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
            var before = _share;
            _share = share;
            if (_link is not null && share != before)
            {
                _telling = TellShareAsync(_telling, before, share);
            }
        }
    }

    private async Task TellShareAsync(Task earlier, SessionShare before, SessionShare now)
    {
        await earlier;

        // The hello comes first.
        await Task.WhenAny(_greeted.Task, _end.Task);
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
