using CriAttach.Model.Tests.Output;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>The container's node as a gateway sees it: calls over the network, to whichever silo lives when they arrive.</summary>
/// <param name="world">The rest.</param>
/// <param name="life">The gateway's process.</param>
/// <param name="route">The gateway's number.</param>
/// <param name="agreement">The subscription that it is for; none for input.</param>
internal sealed class OwnerProxy(World world, Life life, int route, Agreement? agreement) : IStdioOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task<SubscribeReply> SubscribeAsync(SubscribeRequest request) =>
        CallAsync($"subscribe {request.Generation} from {request.Offset}@{request.Epoch}", async () =>
        {
            var node = world.LiveNode;
            var receiver = new ReceiverProxy(world.Network, node, agreement!, request.Receiver, life, route);
            var reply = await node.Owner.SubscribeAsync(request with { Receiver = receiver });
            agreement!.Begun(node, request, reply);
            return reply;
        });

    public Task<LeaseReply> RenewAsync(LeaseRequest request)
    {
        agreement!.Reports(request);
        return CallAsync($"renew {request.Generation} at {request.Consumed}", async () =>
        {
            var node = Heard(request);
            var reply = await node.Owner.RenewAsync(request);
            agreement.Renewed(node, request.Generation, reply.Known);
            return reply;
        });
    }

    public Task AcknowledgeAsync(LeaseRequest request)
    {
        agreement!.Reports(request);
        return CallAsync($"acknowledge {request.Generation} at {request.Consumed}", async () =>
        {
            await Heard(request).Owner.AcknowledgeAsync(request);
            return true;
        });
    }

    public Task UnsubscribeAsync(Guid subscription) => CallAsync("unsubscribe", async () =>
    {
        await world.LiveNode.Owner.UnsubscribeAsync(subscription);
        agreement!.Ended();
        return true;
    });

    public Task<PublishReply> PublishAsync(StdioBatch batch)
    {
        var message = new BatchMessage(batch);
        return world.Network.CallAsync(
            $"publish {batch.Offset}+{batch.Length}{(batch.End ? " end" : "")} of typist {route}",
            life,
            route,
            TimeSpan.FromSeconds(10),
            () => world.LiveNode.Owner.PublishAsync(message.OnTheWire()),
            () =>
            {
                var again = message.Again();
                return () => world.LiveNode.Owner.PublishAsync(again.OnTheWire());
            });
    }

    private ModelNode Heard(LeaseRequest request)
    {
        var node = world.LiveNode;
        agreement!.Heard(node, request.Generation, request.Epoch, request.Consumed);
        return node;
    }

    private Task<T> CallAsync<T>(string name, Func<Task<T>> effect) =>
        world.Network.CallAsync($"{name} of viewer {route}", life, route, Patience, effect);
}
