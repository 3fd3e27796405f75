using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming.Relay;

internal sealed partial class RelayEndpoint
{
    /// <summary>What happens to relays.</summary>
    internal static partial class Log
    {
        [LoggerMessage(1360, LogLevel.Information, "{Relay}: begins.", EventName = "RelayStarted")]
        public static partial void Started(ILogger logger, RelayTarget relay);

        [LoggerMessage(1361, LogLevel.Information, "{Relay}: ends: {Cause} {Detail}", EventName = "RelayEnding")]
        public static partial void Ending(ILogger logger, RelayTarget relay, EndCause cause, string detail);

        [LoggerMessage(1362, LogLevel.Information, "{Relay}: the client did not close in time; its connection is cut.", EventName = "RelayCutOff")]
        public static partial void CutOff(ILogger logger, RelayTarget relay, Exception fault);

        [LoggerMessage(1363, LogLevel.Warning, "{Relay}: input was dropped: it did not get through in time after the client left.", EventName = "RelayInputDropped")]
        public static partial void InputDropped(ILogger logger, RelayTarget relay);

        [LoggerMessage(1364, LogLevel.Warning, "{Relay}: the runtime refused the client: {Status}.", EventName = "RelayRefused")]
        public static partial void Refused(ILogger logger, RelayTarget relay, int status);

        [LoggerMessage(1365, LogLevel.Error, "{Relay}: the gateway failed.", EventName = "RelayFailed")]
        public static partial void Failed(ILogger logger, RelayTarget relay, Exception fault);
    }
}
