using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Streaming.Output;

internal sealed partial class SharedOutput
{
    private static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Debug, "A session of {Container} reads alone from offset {Offset} (may hold: {MayHold}).", EventName = "PrivateOutput")]
        public static partial void Private(ILogger logger, ContainerKey container, long offset, bool mayHold);

        [LoggerMessage(1211, LogLevel.Debug, "The output of {Container} was never open.", EventName = "OutputNeverOpened")]
        public static partial void NeverOpened(ILogger logger, ContainerKey container, Exception fault);
    }
}
