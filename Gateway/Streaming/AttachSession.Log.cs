using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

internal sealed partial class AttachSession
{
    private static partial class Log
    {
        [LoggerMessage(1300, LogLevel.Information, "Session {Session}: attached to {Container}.", EventName = "SessionStarted")]
        public static partial void Started(ILogger logger, string session, ContainerKey container);

        [LoggerMessage(1301, LogLevel.Information, "Session {Session}: leaves {Container}: {Cause} {Detail}", EventName = "SessionEnding")]
        public static partial void Ending(ILogger logger, string session, ContainerKey container, EndCause cause, string detail);

        [LoggerMessage(1302, LogLevel.Information, "Session {Session}: the client did not close in time; its connection is cut.", EventName = "SessionCutOff")]
        public static partial void CutOff(ILogger logger, string session, Exception fault);

        [LoggerMessage(1303, LogLevel.Warning, "Session {Session}: input for {Container} was dropped: it did not get through in time after the client left.", EventName = "InputDropped")]
        public static partial void InputDropped(ILogger logger, string session, ContainerKey container);

        [LoggerMessage(1304, LogLevel.Warning, "Session {Session}: input for {Container} could not be delivered.", EventName = "InputFailed")]
        public static partial void InputFailed(ILogger logger, string session, ContainerKey container, Exception fault);

        [LoggerMessage(1305, LogLevel.Warning, "Session {Session}: the output of {Container} could not be read.", EventName = "OutputFailed")]
        public static partial void OutputFailed(ILogger logger, string session, ContainerKey container, Exception fault);

        [LoggerMessage(1306, LogLevel.Warning, "Session {Session}: {Bytes} bytes of the output of {Container} are lost (-1: nobody knows how many).", EventName = "OutputGap")]
        public static partial void Gap(ILogger logger, string session, ContainerKey container, long bytes);
    }
}
