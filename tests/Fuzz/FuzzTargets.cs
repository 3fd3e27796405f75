using CriAttach.Fuzz.Targets;

namespace CriAttach.Fuzz;

/// <summary>All targets.</summary>
public static class FuzzTargets
{
    /// <summary>All targets, by name.</summary>
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new AsciicastTarget(),
        new ChannelConnectionTarget(),
        new ChannelMessageTarget(),
        new ConmonCtlTarget(),
        new ConmonPacketTarget(),
        new CriLogTarget(),
        new HttpUpgradeTarget(),
        new RecordingChainTarget(),
        new ResizeTarget(),
        new ResumeMessageTarget(),
        new ResumeStreamTarget(),
        new SpdyClientTarget(),
        new SpdyFrameTarget(),
        new SpdyHeadersTarget(),
        new SpdyServerTarget(),
        new StatusTarget(),
        new StreamProtocolTarget(),
        new WebSocketFrameTarget(),
        new WebSocketHandshakeTarget(),
    ];
}
