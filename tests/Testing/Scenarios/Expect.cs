using System.Text;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Scenarios;

/// <summary>What scenarios insist on. Tests and the acceptance run share them, so they know no test framework.</summary>
internal static class Expect
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ScenarioException(otherwise);
        }
    }

    /// <summary>A session that ended in good order with a status of success, behind all output.</summary>
    public static void Success(AttachEnd end, StreamProtocol protocol)
    {
        Status(end, protocol, out var status);
        That(status.IsSuccess, $"The status is a failure: {end}");
    }

    /// <summary>A session over SPDY that ended in good order with a status of success.</summary>
    public static void SpdySuccess(AttachEnd end) => That(
        end.Fault is null && StatusCodec.TryParse(Encoding.UTF8.GetBytes(end.Status), StreamProtocol.V4, out var status) && status.IsSuccess,
        $"The session did not end in good order: {end}");

    /// <summary>A session that ended in good order and told the exit code, behind all output.</summary>
    public static void ExitCode(AttachEnd end, StreamProtocol protocol, int code)
    {
        Status(end, protocol, out var status);
        That((status.IsSuccess ? 0 : status.ExitCode) == code, $"The exit code is not {code}: {end}");
    }

    private static void Status(AttachEnd end, StreamProtocol protocol, out SessionStatus status)
    {
        That(end.Fault is null && end.CloseCode == 1000 && !end.OutputAfterStatus && end.Status.Length > 0, $"The session did not end in good order: {end}");
        That(StatusCodec.TryParse(Encoding.UTF8.GetBytes(end.Status), protocol, out var parsed), $"'{end.Status}' is no status.");
        status = parsed!;
    }
}
