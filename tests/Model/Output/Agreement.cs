using CriAttach.Model.Tests.Nodes;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Output;

/// <summary>One subscription of a viewer as the node sees it: what it may believe, and what it may send.</summary>
internal sealed class Agreement(Run run, Viewer viewer, HoldWatch holds, OutputLosses losses, TimeSpan lease)
{
    private readonly Dictionary<(long Generation, long Epoch), long> _reported = [];
    private ModelNode? _node;
    private StdioLog? _log;
    private OutputFile? _file;
    private bool _over;
    private bool _twice;
    private int _window;
    private TimeSpan _heardOf;

    public Viewer Viewer => viewer;

    public long Generation { get; private set; }

    public long Epoch { get; private set; }

    /// <summary>Gets the offset up to which the node knows that everything is consumed.</summary>
    public long Consumed { get; private set; }

    /// <summary>Gets what the node's memory had let go when this began: that it cannot keep.</summary>
    public long GoneBefore { get; private set; }

    /// <summary>Whether a node has this subscription, as far as it can be told from outside.</summary>
    public bool IsKnownTo(ModelNode node) => _node == node && !_over;

    /// <summary>Whether a node certainly has it: its lease runs.</summary>
    public bool IsLeasedFrom(ModelNode node) => IsKnownTo(node) && run.Now - _heardOf < lease;

    /// <summary>The node has carried out a request.</summary>
    public void Begun(ModelNode node, SubscribeRequest request, SubscribeReply reply)
    {
        if (_node == node && request.Generation < Generation)
        {
            return;
        }

        // The request came twice: answers to batches of the first time say nothing to the second, and what it knows cannot be seen from here.
        _twice = _node == node && request.Generation == Generation;
        (_node, _log, _file, _over, _window) = (node, node.Log, node.File, false, request.Window);
        (Generation, Epoch, GoneBefore) = (request.Generation, reply.Epoch, node.Log.Tail);
        Consumed = reply.Discontinuous ? reply.Start : Math.Min(reply.Start, request.Consumed ?? reply.Start);
        _heardOf = run.Now;
        if (request.Consumed is { } consumed && !reply.Discontinuous && request.Offset is not null)
        {
            run.Check(consumed <= viewer.ConsumedIn(Epoch), $"viewer {viewer.Number} subscribes with {consumed}@{Epoch} consumed, and has consumed {viewer.ConsumedIn(Epoch)}");
        }

        viewer.MayBeginAt(reply.Epoch, reply.Start, anew: reply.Discontinuous || request.Consumed is null);
        holds.Moved();
    }

    /// <summary>The node has ended it.</summary>
    public void Ended() => _over = true;

    /// <summary>The node has answered whether it knows it.</summary>
    public void Renewed(ModelNode node, long generation, bool known)
    {
        run.Check(!known || !IsLeasedFrom(node) || generation == Generation, $"attempt {generation} of viewer {viewer.Number} is renewed, and attempt {Generation} has begun");
        if (IsKnownTo(node) && generation == Generation)
        {
            _over = !known;
            _heardOf = run.Now;
        }
    }

    /// <summary>The viewer says how far it is.</summary>
    public void Reports(LeaseRequest lease)
    {
        var attempt = (lease.Generation, lease.Epoch);
        var before = _reported.GetValueOrDefault(attempt);
        run.Check(lease.Consumed >= before, $"viewer {viewer.Number} takes back what it said to have consumed: {lease.Consumed} after {before}");
        _reported[attempt] = lease.Consumed;
    }

    /// <summary>The node is told how far the viewer is, in an epoch where it says so.</summary>
    public void Heard(ModelNode node, long generation, long epoch, long consumed)
    {
        if (_node == node && (_over || _twice))
        {
            // Its cursor stays for the length of a lease, and may be moved by what is still under way.
            holds.Moved();
        }

        if (!IsKnownTo(node) || generation != Generation || (epoch != 0 && epoch != Epoch))
        {
            return;
        }

        var truth = Math.Max(Consumed, viewer.ConsumedIn(Epoch));
        run.Check(consumed <= truth, $"viewer {viewer.Number} says it has consumed up to {consumed}@{Epoch}, and has up to {truth}");
        if (consumed > Consumed)
        {
            Consumed = consumed;
            holds.Moved();
        }
    }

    /// <summary>The node sends a batch.</summary>
    public void Sends(ModelNode node, StdioBatch batch)
    {
        run.Check(!IsLeasedFrom(node) || batch.Generation >= Generation, $"attempt {batch.Generation} of viewer {viewer.Number} sends, and attempt {Generation} has begun");
        if (batch.Gap > 0)
        {
            var from = batch.Offset - batch.Gap;
            var archive = _log!.Archive is null ? null : _file;
            var oldest = archive is not null && archive.Tail > from && archive.Tail < _log.Tail ? archive.Tail : _log.Tail;
            run.Check(batch.Offset == oldest, $"a gap of {batch.Gap} at {from}@{batch.Epoch} is told; it ends at {oldest}");
            run.Check(archive is null || archive.Tail > from || archive.HasFailedAt(from), $"{from}@{batch.Epoch} is given up, and the file has it");
            losses.Add(batch.Epoch, from, batch.Offset);
        }

        if (IsKnownTo(node) && batch.Generation == Generation && batch.Length > 0)
        {
            var underWay = batch.EndOffset - Math.Max(Consumed, losses.Last(batch.Epoch));
            run.Check(underWay <= _window, $"{underWay} bytes are under way to viewer {viewer.Number}; {_window} are allowed");
        }
    }
}
