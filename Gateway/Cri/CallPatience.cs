using CriAttach.Interfaces.Faults;
using Grpc.Core;

namespace CriAttach.Gateway.Cri;

/// <summary>How long nodes may take over a call. A client with a deadline is told before it passes that no node answered, rather than nothing.</summary>
internal static class CallPatience
{
    private const double Share = 0.75;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The patience of a call.</summary>
    /// <param name="deadline">The client's deadline, in UTC.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan Of(DateTime deadline, DateTimeOffset now)
    {
        var left = deadline == DateTime.MaxValue ? TimeSpan.MaxValue : deadline - now.UtcDateTime;
        return left >= Longest / Share ? Longest : left > TimeSpan.Zero ? left * Share : TimeSpan.Zero;
    }

    /// <summary>Does what needs a node, as long as the call's patience lasts.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="NodeUnavailableException">It did not come to an end in time.</exception>
    public static async Task<T> HoldAsync<T>(ServerCallContext context, TimeProvider time, Func<CancellationToken, Task<T>> work)
    {
        var patience = Of(context.Deadline, time.GetUtcNow());
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new NodeUnavailableException($"no silo of the cluster answered within {patience.TotalSeconds:0.0} s");
        }
    }
}
