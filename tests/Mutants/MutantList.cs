namespace CriAttach.Mutants.Tests;

/// <summary>The faults that the model must notice.</summary>
internal static class MutantList
{
    private const string Subscription = "Streams/Delivery/OutputSubscription.cs";
    private const string CatchUp = "Streams/Delivery/OutputSubscription.CatchUp.cs";
    private const string Subscriptions = "Streams/Delivery/OutputSubscriptions.cs";
    private const string Resequencer = "Streams/Delivery/Resequencer.cs";
    private const string Log = "Streams/Log/StdioLog.cs";
    private const string Governor = "Streams/Log/PauseGovernor.cs";
    private const string Queue = "Streams/Input/StdinQueue.cs";
    private const string Drain = "Streams/Input/StdinQueue.Drain.cs";
    private const string Producer = "Streams/Input/InputProducer.cs";
    private const string Untold = "_untoldToPieces.Add(_doubtFrom);\n                            _untoldToQuestions.Add(_doubtFrom);";
    private const string FirstDoubt = "(_untoldToPieces.From ?? _delivered, _begin);\n                            " + Untold;
    private const string Sessions = "Grains/Sessions/SessionTable.cs";
    private const string Resumes = "Grains/Sessions/SessionTable.Resume.cs";

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("resequencer order", Resequencer, "if (!_begun || start > Expected)", "if (!_begun)"),
        new("resequencer duplicate", Resequencer, "(_begun && (start < Expected || batch.Epoch != Epoch))", "(_begun && batch.Epoch != Epoch)"),
        new("window credit", Subscription, "var credit = _request.Window - unacknowledged;", "var credit = (long)_request.Window;"),
        new("window of the archive", CatchUp, "_request.Window - (_sent - Volatile.Read(ref _acknowledged))", "(long)_request.Window"),
        new("credit on receipt", "Streams/Delivery/OutputSubscriber.cs", "? _reported = _consumed : 0", "? _reported = _sequence.Expected : 0"),
        new("consumed offset", "Streams/Log/StdioLog.Readers.cs", "reader.Consumed = Math.Min(offset, _head);", "reader.Consumed = _head;"),
        new("end before the last byte", Subscription, "end: ended && left == 0", "end: ended"),
        new("epoch of a subscription", Subscriptions, "var otherEpoch = request.Epoch != 0 && request.Epoch != log.Epoch;", "var otherEpoch = false;"),
        new("epoch of an acknowledgement", Subscriptions, "(request.Epoch != 0 && request.Epoch != subscription.Source.Epoch)", "false"),
        new("generation of a renewal", Subscriptions, "|| subscription.Generation != request.Generation", ""),
        new("generation of a subscription", Subscriptions, "old.Generation > request.Generation", "old.Generation < 0"),
        new("trim and retain", Log, "var wanted = _head - _options.Retain;", "var wanted = _head;"),
        new("trim and readers", Log, "wanted = Math.Min(wanted, reader.Consumed);", "wanted = Math.Min(wanted, reader.Position);"),
        new("trim and bound", Log, "Math.Max(wanted, _head - _options.Limit - _options.Retain)", "wanted"),
        new("gap size", CatchUp, "var gap = oldest - _sent;", "var gap = oldest - _sent + 1;"),
        new("gap of the dead", CatchUp, "if (_sent == from && !_stopped)", "if (_sent == from)"),
        new("governor cap", Governor, "var left = options.FullStopBudget - Stopped(now);", "var left = TimeSpan.FromHours(1);"),
        new("governor stall", Governor, "        return fastEnough;", "        return true;"),
        new("input waits", Drain, "SetWaits(true);", "SetWaits(false);"),
        new("stdin duplicate", Queue, "slice.Data.Slice((int)(producer.Accepted - at), count)", "slice.Data[..count]"),
        new("stdin order", Queue, "if (at <= producer.Accepted && producer.Accepted < end)", "if (producer.Accepted < end)"),
        new("stdin incarnation", Queue, "batch.Generation == 0 ? producer is { Restored: true, Renamed: false } : batch.Generation != _incarnation", "batch.Generation < 0"),
        new("stdin doubt", Producer, "_untoldToPieces.From ?? _delivered, _begin)", "_begin, _begin)"),
        new("stdin doubt untold", Producer, FirstDoubt, FirstDoubt.Replace("_untoldToPieces.From ?? _delivered", "_delivered").Replace("_untoldToQuestions.Add(", "_untoldToQuestions = default; _untoldToQuestions.Add(")),
        new("stdin interrupted", Drain, "_incarnation = NewIncarnation();\n            for", "for"),
        new("stdin handed over", Queue, "producer.Delivered < producer.Written && _sink.IsHandedOver", "producer.Delivered < producer.Written"),
        new("stdin doubt at the end", Producer, Untold, ""),
        new("stdin end waits", Producer, "endWaits = isEnd && reply.EndWaits;", "endWaits = false;"),
        new("stdin renamed", Queue, "producer is { Restored: true, Renamed: false }", "producer.Restored"),
        new("stdin place", Queue, "new InputPlace(state.Delivered, ", "new InputPlace(state.Accepted, "),
        new("stdin doubt of the resumed", Queue, "state.Delivered, state.BeganAt, state.Accepted", "state.Delivered, 0, state.Accepted"),
        new("stdin taken of the resumed", Resumes, "InputTaken = Math.Max(record.InputTaken, place.Taken),", ""),
        new("stdin taken before", Producer, "Math.Max(refusedOnly ? offset : _sent, reply.TakenBefore)", "refusedOnly ? offset : _sent"),
        new("stdin doubt beyond what was sent", Producer, "Math.Min(_doubtTo, _sent)", "_doubtTo"),
        new("claim once", Sessions, "return entry.Record.Nonce == request.Nonce", "return request.Nonce != Guid.Empty"),
        new("nonce repeat", Sessions, "return entry.Record.Nonce == request.Nonce", "return request.Nonce == Guid.Empty"),
        new("token expired", Sessions, "container is null || _clock.GetElapsedTime(entry.RenewedAt) > entry.ClaimWithin", "container is null"),
        new("token again", Sessions, "if (_ended.ContainsKey(request.SessionId))", "if (request.SessionId.Length == 0)"),
        new("token cap", Sessions, "        _unclaimed--;\n", ""),
        new("session lease", "Grains/Sessions/SessionTable.Ends.cs", "silent > _options.LeaseTimeout", "_clock.GetElapsedTime(entry.RenewedAt) > _options.LeaseTimeout * 2"),
        new("resume by an old token", Resumes, "used == known[0] ? known", "used.Length > 0 ? known"),
        new("resume unheard", Resumes, "known.Skip(1).Where(id => id != next).TakeLast(UnusedKept)", "known.Skip(known.Count)"),
        new("resume repeat", Resumes, "if (record.Nonce == request.Nonce)", "if (request.Nonce == Guid.Empty)"),
        new("resume from before", Resumes, "first with { Offset = Math.Max(first.Offset, from.Offset) }", "first with { Offset = from.Offset }"),
        new("resume in a later epoch", Resumes, "output.Epoch == first.Epoch && output.Tail < first.Offset ? first : from", "first"),
        new("left by the replaced", Resumes, " || entry.Record.Nonce != connection", ""),
        new("suspended room", Resumes, "        MakeRoom();\n", ""),
        new("suspended window", "Grains/Sessions/SessionTable.Ends.cs", "silent > _options.ResumeWindow", "silent > _options.ResumeWindow * 2"),
        new("suspended and renewed", Sessions, "or { Cause: EndCause.GatewayLost })", "or { Cause: EndCause.ClientGone })"),
        new("first cause", Sessions, "? first.Cause", "? cause"),
    ];
}
