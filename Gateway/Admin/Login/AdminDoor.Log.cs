using System.Net;

namespace CriAttach.Gateway.Admin.Login;

internal sealed partial class AdminDoor
{
    private static partial class Log
    {
        [LoggerMessage(1510, LogLevel.Warning, "{Address} shows one wrong secret after the other to the admin API; it has to wait between them now.", EventName = "SecretsGuessed")]
        public static partial void Guessing(ILogger logger, IPAddress? address);
    }
}
