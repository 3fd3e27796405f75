using System.Text;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>How sessions end, by protocol.</summary>
internal static class Endings
{
    /// <summary>In good order: a status of success where there are statuses, then 1000, then the end of the connection.</summary>
    public static void AssertSuccess(AttachEnd end, StreamProtocol protocol)
    {
        Assert.Null(end.Fault);
        Assert.Equal((ushort?)1000, end.CloseCode);
        Assert.False(end.OutputAfterStatus, "There was output behind the status.");
        if (!protocol.HasJsonStatus)
        {
            Assert.Empty(end.Status);
            return;
        }

        Assert.Contains(end.Status, new[] { "{\"status\":\"Success\"}", "{\"metadata\":{},\"status\":\"Success\"}" });
    }

    /// <summary>With a failure, told in the protocol's way, and 1000 all the same.</summary>
    public static void AssertFailure(AttachEnd end, StreamProtocol protocol)
    {
        const string text = "Internal error occurred: error attaching to container: ";
        Assert.Null(end.Fault);
        Assert.Equal((ushort?)1000, end.CloseCode);
        Assert.True(StatusCodec.TryParse(Encoding.UTF8.GetBytes(end.Status), protocol, out var status), $"'{end.Status}' is no status.");
        Assert.False(status.IsSuccess);
        Assert.StartsWith(text, status.Message, StringComparison.Ordinal);
        if (protocol.HasJsonStatus)
        {
            Assert.Equal(SessionStatus.InternalErrorReason, status.Reason);
            Assert.Equal(500, status.Code);
        }
    }
}
