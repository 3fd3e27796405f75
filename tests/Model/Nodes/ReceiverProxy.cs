using CriAttach.Model.Tests.Output;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>A subscriber as its node sees it.</summary>
/// <param name="network">What is between them.</param>
/// <param name="node">The silo that sends.</param>
/// <param name="agreement">The subscription.</param>
/// <param name="subscriber">The subscriber.</param>
/// <param name="life">The subscriber's process.</param>
/// <param name="route">The gateway's number.</param>
internal sealed class ReceiverProxy(Network network, ModelNode node, Agreement agreement, IStdioReceiver subscriber, Life life, int route) : IStdioReceiver
{
    // Some subscribers live in the silo: a call hands the batch over as it is.
    private readonly bool _sameProcess = route % 3 == 2;

    public async Task<long> DeliverAsync(StdioBatch batch)
    {
        agreement.Sends(node, batch);
        var message = new BatchMessage(batch);
        var consumed = await network.CallAsync(
            $"batch {batch.Generation} {batch.Offset - batch.Gap}+{batch.Gap}+{batch.Length}{(batch.End ? " end" : "")}@{batch.Epoch} to viewer {route}",
            node.Life,
            route,
            TimeSpan.FromSeconds(10),
            () => ArriveAsync(_sameProcess ? batch : message.OnTheWire()),
            () =>
            {
                var again = message.Again();
                return () => ArriveAsync(again.OnTheWire());
            });
        agreement.Heard(node, batch.Generation, batch.Epoch, consumed);
        return consumed;
    }

    private Task<long> ArriveAsync(StdioBatch batch) =>
        life.IsOver ? throw new SiloUnavailableException("the subscriber is dead") : subscriber.DeliverAsync(batch);
}
