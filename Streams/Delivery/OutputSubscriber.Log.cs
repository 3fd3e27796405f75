using Microsoft.Extensions.Logging;

namespace CriAttach.Streams.Delivery;

/// <content>Log messages.</content>
internal sealed partial class OutputSubscriber
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Subscription {Subscription}: the node could not be told that it is over; its lease will run out", EventName = "UnsubscribeFailed")]
        public static partial void UnsubscribeFailed(ILogger logger, Guid subscription, Exception fault);

        [LoggerMessage(2, LogLevel.Error, "Subscription {Subscription}: the observer failed", EventName = "ObserverFailed")]
        public static partial void ObserverFailed(ILogger logger, Guid subscription, Exception fault);

        [LoggerMessage(3, LogLevel.Information, "Subscription {Subscription}: the node did not answer; silent for {Silence}", EventName = "RenewFailed")]
        public static partial void RenewFailed(ILogger logger, Guid subscription, TimeSpan silence, Exception fault);

        [LoggerMessage(4, LogLevel.Warning, "Subscription {Subscription}: offset {Lost} means nothing to the node any more; going on at {Start}, and the observer is told", EventName = "Discontinuous")]
        public static partial void Discontinuous(ILogger logger, Guid subscription, long lost, long start);
    }
}
