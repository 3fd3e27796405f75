using CriAttach.Gateway.Cluster;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>The output of a container for one session: from the shared window where the session keeps up, by a subscription of its own where not. Exact at every change.</summary>
internal sealed class SessionOutput : IAsyncDisposable
{
    private const int MaxBatch = 64 * 1024;

    private readonly SharedOutput _shared;
    private readonly RateWatch _rate;
    private volatile OutputCursor? _cursor;
    private OutputFeed? _private;
    private StdioPosition _position;
    private readonly bool _neverBlock;
    private bool _mayHold;
    private bool _started;
    private volatile bool _closed;
    private long _movedAt;

    /// <summary>Makes the output of a session.</summary>
    /// <param name="shared">The container's output.</param>
    /// <param name="start">The first byte that the session wants.</param>
    /// <param name="policy">When it may slow PID 1 down.</param>
    /// <param name="mayHold">Whether it may before it has once caught up.</param>
    public SessionOutput(SharedOutput shared, StdioPosition start, DeliveryPolicy policy, bool mayHold)
    {
        _shared = shared;
        _neverBlock = policy.NeverBlock;
        _mayHold = mayHold && !policy.NeverBlock;
        _position = start;
        _movedAt = shared.Time.GetTimestamp();
        var samples = Math.Max(1, (int)Math.Ceiling(policy.StallTimeout.TotalSeconds));
        _rate = new RateWatch(samples, (long)(policy.MinRate * policy.StallTimeout.TotalSeconds));
        shared.Add(this);
    }

    /// <summary>Gets why the output is lost.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Gets a value indicating whether the session reads alone.</summary>
    public bool IsPrivate => _private is not null;

    /// <summary>Reads what there is, and waits where there is nothing.</summary>
    /// <param name="pieces">Gets the pieces; valid until <see cref="Advance"/>.</param>
    /// <returns><see cref="OutputState.Data"/>, <see cref="OutputState.Ended"/> or <see cref="OutputState.Lost"/>.</returns>
    public async ValueTask<OutputState> ReadAsync(List<OutputPiece> pieces)
    {
        while (!_closed)
        {
            if (_cursor is null)
            {
                await PlaceAsync();
            }
            else if (_private is not null)
            {
                await TryComeBackAsync();
            }

            var cursor = _cursor!;
            switch (cursor.Peek(pieces, MaxBatch))
            {
                case OutputState.Data:
                    return OutputState.Data;
                case OutputState.Ended:
                    return OutputState.Ended;
                case OutputState.Lost:
                    Fault = cursor.Fault;
                    return OutputState.Lost;
                case OutputState.Evicted:
                    _position = cursor.Position;
                    _mayHold = false;
                    _cursor = null;
                    break;
                default:
                    await cursor.WaitAsync();
                    break;
            }
        }

        return OutputState.Lost;
    }

    /// <summary>Moves on; what was read counts as delivered.</summary>
    public void Advance()
    {
        _cursor!.Advance();
        Volatile.Write(ref _movedAt, _shared.Time.GetTimestamp());
    }

    /// <summary>The session has sent input: who stands still does not keep the answer from it.</summary>
    public void Lift() => _shared.Lift();

    /// <summary>Leaves the shared window, where it holds others up and nothing was taken from it for a while.</summary>
    /// <param name="still">How long.</param>
    /// <returns>Whether it left.</returns>
    public bool LeaveIfStill(TimeSpan still)
    {
        if (_cursor is not { IsOldest: true } cursor || _private is not null || _shared.Time.GetElapsedTime(Volatile.Read(ref _movedAt)) < still)
        {
            return false;
        }

        cursor.Leave();
        return true;
    }

    /// <summary>Ends a <see cref="ReadAsync"/> that waits, and all later ones.</summary>
    public void Cancel()
    {
        _closed = true;
        _cursor?.Leave();
    }

    /// <summary>Once a second: looks whether the session is too slow to hold others up.</summary>
    /// <param name="holding">Whether the shared window is full.</param>
    public void Sample(bool holding)
    {
        if (_cursor is not { } cursor || _private is not null)
        {
            return;
        }

        if (_rate.Sample(cursor.Consumed, cursor.IsBehind) && holding && cursor.IsOldest)
        {
            cursor.Leave();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cancel();
        _shared.Remove(this);
        if (_private is { } feed)
        {
            _private = null;
            await _shared.ClosePrivateAsync(feed);
        }
    }

    /// <summary>Finds the session its place: in the shared window if it begins there. The first read does it where nobody has.</summary>
    public async Task PlaceAsync()
    {
        // A session that begins may begin anywhere in the window; one that was too slow, or comes back, must have caught up.
        var cursor = _started ? null : await _shared.JoinAsync(_position, _mayHold || _neverBlock ? long.MaxValue : _shared.CaughtUp, !_neverBlock, mayOpen: _mayHold || _neverBlock);
        _started = true;
        if (cursor is null)
        {
            _private = await _shared.OpenPrivateAsync(_position, _mayHold);
            cursor = _private.First;
        }

        _cursor = cursor;
        if (_closed)
        {
            cursor.Leave();
        }
    }

    private async Task TryComeBackAsync()
    {
        var alone = _cursor!;
        if (await _shared.JoinAsync(alone.Position, _shared.CaughtUp, !_neverBlock) is not { } cursor)
        {
            return;
        }

        var feed = _private!;
        _cursor = cursor;
        _private = null;
        _mayHold = !_neverBlock;
        alone.Leave();
        if (_closed)
        {
            cursor.Leave();
        }

        await _shared.ClosePrivateAsync(feed);
    }
}
