using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Scenarios;

/// <summary>PID 1s that do not read or do not stop writing: nothing else comes to a halt with them.</summary>
public static class Deadlocks
{
    private const int Flood = 16 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>PID 1 writes without end and never reads, while its stdin is full: the output keeps flowing.</summary>
    /// <param name="processes">Silos and gateways.</param>
    public static async Task EndlessWriterWithFullStdinAsync(CriAttachProcesses processes)
    {
        long received = 0;
        await using var container = await processes.RunAsync(["cat", "/dev/zero"]).ConfigureAwait(false);
        AttachClientOptions options = new() { Sink = (_, bytes) => Interlocked.Add(ref received, bytes.Length) };
        await using var client = await container.AttachAsync(options: options).ConfigureAwait(false);
        using CancellationTokenSource stop = new();
        var typing = TypeAsync(client, stop.Token);
        await client.PongAsync(Patience).ConfigureAwait(false);
        var before = Interlocked.Read(ref received);
        await Until.TrueAsync(() => Interlocked.Read(ref received) > before + Flood, Patience, "the output flows on behind a full stdin").ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await typing.ConfigureAwait(false);
        await StopAsync(processes, container).ConfigureAwait(false);
    }

    /// <summary>PID 1 reads nothing and writes nothing: pings are answered, others come and go, and it can be stopped.</summary>
    /// <param name="processes">Silos and gateways.</param>
    public static async Task SilentAndDeafAsync(CriAttachProcesses processes)
    {
        await using var container = await processes.RunAsync(["sleep", "100000"]).ConfigureAwait(false);
        await using var client = await container.AttachAsync().ConfigureAwait(false);
        using CancellationTokenSource stop = new();
        var typing = TypeAsync(client, stop.Token);
        await client.PongAsync(Patience).ConfigureAwait(false);
        await using var other = await container.AttachAsync(at: processes.Gateways.Count - 1).ConfigureAwait(false);
        await other.PingAsync([1, 2, 3], TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await typing.ConfigureAwait(false);
        await StopAsync(processes, container).ConfigureAwait(false);
    }

    /// <summary>A client that does not read: PID 1's other clients keep their output, and it can be stopped at once.</summary>
    /// <param name="processes">Silos and gateways.</param>
    public static async Task ClientThatDoesNotReadAsync(CriAttachProcesses processes)
    {
        long received = 0;
        await using var container = await processes.RunAsync(["cat", "/dev/zero"]).ConfigureAwait(false);
        var gateway = processes.Gateways[0];
        var url = gateway.Here(await gateway.AttachAsync(container.Id).ConfigureAwait(false));
        using var stalled = await RawWebSocket.OpenAsync(url, ["v5.channel.k8s.io"], [], receiveBuffer: 4096).ConfigureAwait(false);
        AttachClientOptions options = new() { Sink = (_, bytes) => Interlocked.Add(ref received, bytes.Length) };
        await using var client = await container.AttachAsync(options: options).ConfigureAwait(false);

        // It may slow PID 1 down for ten seconds; then it has lost the right.
        await Until.TrueAsync(() => Interlocked.Read(ref received) > 4L * Flood, Patience, "the output flows on beside a client that does not read").ConfigureAwait(false);
        await StopAsync(processes, container).ConfigureAwait(false);
    }

    private static async Task StopAsync(CriAttachProcesses processes, TestContainer container)
    {
        var start = TimeProvider.System.GetTimestamp();
        var view = await processes.Admin.StopAsync(container.Id, timeoutSeconds: 0).ConfigureAwait(false);
        var took = TimeProvider.System.GetElapsedTime(start);
        Expect.That(view.State == ContainerPhase.Exited, $"The container is {view.State} after it was stopped.");
        Expect.That(took < TimeSpan.FromSeconds(5), $"Stopping took {took.TotalSeconds} s.");
    }

    // More than any buffer on the way takes, so that in the end the socket is not read.
    private static async Task TypeAsync(AttachClient client, CancellationToken cancellationToken)
    {
        var frame = RawWebSocket.Frame(WebSocketOpcode.Binary, new byte[64 * 1024]);
        try
        {
            while (true)
            {
                await client.SendRawAsync(frame, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }
}
