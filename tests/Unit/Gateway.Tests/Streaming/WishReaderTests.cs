using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Interfaces.Sessions;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Streaming;

public sealed class WishReaderTests
{
    [Fact]
    public void NothingAsked_IsNoWish()
    {
        Assert.Null(WishReader.Read(Request(""), out var wish));
        Assert.Null(wish);
    }

    [Theory]
    [InlineData("?replay=none", Replay.None, 0)]
    [InlineData("?replay=unseen", Replay.Unseen, 0)]
    [InlineData("?replay=all", Replay.All, 0)]
    [InlineData("?replay=tail:65536", Replay.Tail, 65536)]
    public void Replay_InTheQuery(string query, Replay replay, long bytes)
    {
        Assert.Null(WishReader.Read(Request(query), out var wish));
        Assert.Equal((replay, bytes), (wish!.Replay, wish.ReplayBytes));
    }

    [Fact]
    public void Headers_DoForThoseWhoCannotChangeTheUrl()
    {
        var request = Request("");
        request.Headers["X-CriAttach-Replay"] = "all";
        request.Headers["X-CriAttach-Exit-Status"] = "1";
        request.Headers["X-CriAttach-Delivery"] = "never-block";
        request.Headers["X-CriAttach-Role"] = "observer";
        Assert.Null(WishReader.Read(request, out var wish));
        Assert.Equal(new AttachWish { Replay = Replay.All, ExitStatus = true, Delivery = Delivery.NeverBlock, Role = SessionRole.Observer }, wish);
    }

    [Theory]
    [InlineData("?replay=tail", "replay is none, unseen, all or tail:BYTES, not 'tail'")]
    [InlineData("?replay=tail:-1", "replay is none, unseen, all or tail:BYTES, not 'tail:-1'")]
    [InlineData("?exitStatus=yes", "exitStatus is 1 or 0, not 'yes'")]
    [InlineData("?role=boss", "role is peer or observer, not 'boss'")]
    [InlineData("?delivery=fast%0a", "delivery is throttle or never-block, not 'fast?'")]
    public void Nonsense_IsNamed(string query, string fault) => Assert.Equal(fault, WishReader.Read(Request(query), out _));

    [Fact]
    public void Policy_ItsNamespacesGoesBeforeTheGatewaysAndTheClientMayAskForLess()
    {
        StreamingOptions options = new()
        {
            MinRate = 1000,
            StallTimeout = TimeSpan.FromSeconds(9),
            Namespaces = new Dictionary<string, NamespaceOptions> { ["batch"] = new() { Delivery = Delivery.NeverBlock, MinRate = 5 } },
        };
        Assert.Equal(new DeliveryPolicy(false, 1000, TimeSpan.FromSeconds(9)), DeliveryPolicy.For(options, "web", Delivery.Unset));
        Assert.Equal(new DeliveryPolicy(true, 5, TimeSpan.FromSeconds(9)), DeliveryPolicy.For(options, "batch", Delivery.Unset));
        Assert.Equal(new DeliveryPolicy(true, 5, TimeSpan.FromSeconds(9)), DeliveryPolicy.For(options, "batch", Delivery.Throttle));
        Assert.Equal(new DeliveryPolicy(true, 1000, TimeSpan.FromSeconds(9)), DeliveryPolicy.For(options, "web", Delivery.NeverBlock));
    }

    private static HttpRequest Request(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        return request;
    }
}
