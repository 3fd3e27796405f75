namespace CriAttach.Gateway.Streaming;

/// <summary>Waits until a client's input gets through, as long as there is a point in it: its socket is not read meanwhile.</summary>
/// <param name="isBroken">Whether writing to the client has failed.</param>
/// <param name="time">The clock.</param>
/// <param name="closed">Fires when the connection is known to be gone.</param>
internal sealed class InputRoom(Func<bool> isBroken, TimeProvider time, CancellationToken closed)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Waits.</summary>
    /// <param name="room">Completes when there is room.</param>
    /// <param name="input">Where the input goes.</param>
    /// <param name="meanwhile">Called every two seconds.</param>
    /// <returns>False when the client is gone and PID 1 reads nothing of what it sent.</returns>
    public async Task<bool> WaitAsync(Task room, ISessionInput input, Action? meanwhile = null)
    {
        while (!room.IsCompleted)
        {
            if (!isBroken() && !closed.IsCancellationRequested)
            {
                await WaitAsync(room, closed);
                if (!room.IsCompleted)
                {
                    meanwhile?.Invoke();
                }

                continue;
            }

            // What it sent may still get through, as long as PID 1 reads at all.
            var before = input.Delivered;
            await WaitAsync(room, CancellationToken.None);
            if (!room.IsCompleted && input.Delivered == before)
            {
                return false;
            }
        }

        return true;
    }

    private async Task WaitAsync(Task room, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(room, Task.Delay(Period, time, stop.Token));
        await stop.CancelAsync();
    }
}
