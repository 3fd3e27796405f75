using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Logging;

namespace CriAttach.Grains.Sessions;

/// <content>Log messages.</content>
internal sealed partial class SessionTable
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Session {Session} on container {Container} is claimed by gateway {Gateway}", EventName = "SessionClaimed")]
        public static partial void Claimed(ILogger logger, string session, string container, string gateway);

        [LoggerMessage(2, LogLevel.Information, "Session {Session} on container {Container} ended: {Cause}", EventName = "SessionEnded")]
        public static partial void Ended(ILogger logger, string session, string container, EndCause cause);

        [LoggerMessage(5, LogLevel.Information, "Session {Session} on container {Container} waits for its client: {Cause}", EventName = "SessionSuspended")]
        public static partial void Suspended(ILogger logger, string session, string container, EndCause cause);

        [LoggerMessage(6, LogLevel.Information, "Session {Session} on container {Container} is resumed by gateway {Gateway}", EventName = "SessionResumed")]
        public static partial void Resumed(ILogger logger, string session, string container, string gateway);

        [LoggerMessage(3, LogLevel.Information, "{Count} sessions are known from before the restart", EventName = "SessionsRestored")]
        public static partial void Restored(ILogger logger, int count);

        [LoggerMessage(7, LogLevel.Warning, "Container {Container}: its sessions end, for they are not recorded any more: {Reason}", EventName = "SessionsUnrecorded")]
        public static partial void Unrecorded(ILogger logger, string container, string reason);

        [LoggerMessage(4, LogLevel.Warning, "Container {Container}: the terminal's size could not be set", EventName = "ResizeFailed")]
        public static partial void ResizeFailed(ILogger logger, string container, Exception fault);
    }
}
