namespace CriAttach.Streams.Input;

/// <content>Writing to PID 1.</content>
public sealed partial class StdinQueue
{
    private void Drain()
    {
        lock (_lock)
        {
            if (_draining || _closed || _items.Count == 0)
            {
                return;
            }

            _draining = true;
        }

        _ = DrainAsync();
    }

    /// <summary>Writes queued input to PID 1. The first write begins on the caller's thread: a keystroke waits for no other.</summary>
    private async Task DrainAsync()
    {
        while (true)
        {
            StdinItem item;
            lock (_lock)
            {
                if (_closed || !_items.TryDequeue(out item))
                {
                    _draining = false;
                    return;
                }
            }

            try
            {
                if (item.Owner is null)
                {
                    await EndAsync(item).ConfigureAwait(false);
                }
                else
                {
                    await PassOnAsync(item).ConfigureAwait(false);
                }
            }
            catch (StdinInterruptedException)
            {
                BeginAnew();
            }
            catch (Exception)
            {
                // PID 1 has closed its input, the container goes away, or its runtime is at fault: input is over, and sessions learn it from the reply.
                CloseAndDiscard();
            }
        }
    }

    private async ValueTask PassOnAsync(StdinItem item)
    {
        if (!item.Muted)
        {
            await WriteAsync(item.Data).ConfigureAwait(false);
            Interlocked.Add(ref _delivered, item.Data.Length);
            Volatile.Read(ref _watcher)?.Invoke(item.Data);
        }

        // Not where that fails: a write that is given up may still be reading it.
        item.Owner!.Release();
        lock (_lock)
        {
            item.Producer.Written += item.Data.Length;
            Pulse(item.Producer);
        }
    }

    private async ValueTask EndAsync(StdinItem item)
    {
        var closes = _closeOnFirstEnd && !item.Muted;
        if (closes)
        {
            await _sink.CloseAsync(_stop.Token).ConfigureAwait(false);
        }

        lock (_lock)
        {
            item.Producer.EndTaken = true;
            Pulse(item.Producer);
            if (closes)
            {
                CloseAndDiscard();
            }
        }
    }

    /// <summary>
    /// What was taken and is not known to have reached PID 1 is in doubt, as if another owner had begun: everyone is told so by the reply, and goes on
    /// behind it. Only what sessions that are over have sent stays, which nobody would send again.
    /// </summary>
    private void BeginAnew()
    {
        lock (_lock)
        {
            _incarnation = NewIncarnation();
            for (var left = _items.Count; left > 0; left--)
            {
                var item = _items.Dequeue();
                if (_producers.ContainsValue(item.Producer))
                {
                    item.Owner?.Release();
                }
                else
                {
                    _items.Enqueue(item);
                }
            }

            foreach (var producer in _producers.Values)
            {
                producer.BeginAnew();
                Pulse(producer);
            }
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        if (_output.IsHeld)
        {
            _output.LiftPause();
        }

        var write = _sink.WriteAsync(data, _stop.Token);
        if (write.IsCompleted)
        {
            await write.ConfigureAwait(false);
            return;
        }

        // PID 1 may be waiting for readers of its output before it reads its input: those must not hold it meanwhile.
        SetWaits(true);
        try
        {
            await write.ConfigureAwait(false);
        }
        finally
        {
            SetWaits(false);
        }
    }

    private void SetWaits(bool waits)
    {
        lock (_lock)
        {
            _waits = waits;
            _output.SetInputWaits(waits);
        }
    }
}
