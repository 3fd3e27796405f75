using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>
/// The gateway is told to stop: it is ready no more and takes nothing new, clients that can resume go elsewhere, the others have a while to
/// finish. Then all that is left is ended in good order. The listeners stay open meanwhile.
/// </summary>
/// <param name="live">The sessions.</param>
/// <param name="options">How long.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class GatewayDrain(LiveSessions live, IOptions<StreamingOptions> options, TimeProvider time, ILogger<GatewayDrain> logger)
    : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        LogDraining(logger, live.Count, options.Value.DrainTimeout);
        var emptied = live.DrainAsync();
        try
        {
            await emptied.WaitAsync(options.Value.DrainTimeout, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            LogEnding(logger, live.Count);
        }

        live.EndAll();
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1320, LogLevel.Information, "Draining: {Count} sessions have {Timeout} to go or to finish.", EventName = "Draining")]
    private static partial void LogDraining(ILogger logger, int count, TimeSpan timeout);

    [LoggerMessage(1321, LogLevel.Information, "Drained; {Count} sessions are still here and are ended.", EventName = "Drained")]
    private static partial void LogEnding(ILogger logger, int count);
}
