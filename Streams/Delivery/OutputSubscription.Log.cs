using Microsoft.Extensions.Logging;

namespace CriAttach.Streams.Delivery;

/// <content>Log messages.</content>
internal sealed partial class OutputSubscription
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Subscription {Subscription}: the batch at {Offset} was not answered; the subscriber will come back", EventName = "DeliveryFailed")]
        public static partial void DeliveryFailed(ILogger logger, Guid subscription, long offset, Exception fault);

        [LoggerMessage(2, LogLevel.Warning, "Subscription {Subscription}: the log file could not be read at {Offset}", EventName = "ArchiveFailed")]
        public static partial void ArchiveFailed(ILogger logger, Guid subscription, long offset, Exception fault);

        [LoggerMessage(3, LogLevel.Warning, "Subscription {Subscription}: {Bytes} bytes at {Offset} are lost to this subscriber, which is told", EventName = "OutputLost")]
        public static partial void OutputLost(ILogger logger, Guid subscription, long bytes, long offset);
    }
}
