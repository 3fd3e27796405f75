using CriAttach.Gateway.Upstream;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace CriAttach.Gateway.Tests.Upstream;

public sealed class UpstreamFaultTests
{
    private const string Socket = "/run/runtime.sock";

    [Theory]
    [InlineData(ForwarderError.RequestBodyCanceled)]
    [InlineData(ForwarderError.RequestBodyDestination)]
    [InlineData(ForwarderError.Request)]
    public void RuntimeResetTheCall_ItsReasonWhereverTheForwarderMetIt(ForwarderError error)
    {
        AggregateException fault = new(new OperationCanceledException(), new HttpRequestException("sent", new HttpProtocolException(0xb, "calm down", null)));
        var status = UpstreamFault.StatusOf(Socket, new Met(error, fault));
        Assert.Equal(StatusCode.ResourceExhausted, status.StatusCode);
        Assert.StartsWith($"the container runtime at '{Socket}' ended the call: calm down", status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ForwarderError.RequestBodyClient)]
    [InlineData(ForwarderError.RequestBodyCanceled)]
    public void ReasonIsLost_TheCallMayBeTriedAgain(ForwarderError error) =>
        Assert.Equal(StatusCode.Unavailable, UpstreamFault.StatusOf(Socket, new Met(error, new OperationCanceledException())).StatusCode);

    private sealed record Met(ForwarderError Error, Exception? Exception) : IForwarderErrorFeature;
}
