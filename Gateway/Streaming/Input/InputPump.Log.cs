using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Streaming.Input;

internal sealed partial class InputPump
{
    private static partial class Log
    {
        [LoggerMessage(1220, LogLevel.Warning, "Session {Session}: it is not known whether some input reached {Container}; it is not sent twice.", EventName = "InputInDoubt")]
        public static partial void InDoubt(ILogger logger, string session, ContainerKey container, Exception fault);
    }
}
