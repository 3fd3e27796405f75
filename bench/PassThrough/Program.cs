using System.Globalization;
using System.Text.Json;
using CriAttach.PassThrough;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Containerd;
using CriAttach.Testing.Processes;

// What the pass-through adds to Version: containerd directly and through a gateway, the calls alternating. Needs root.
// The argument is the file of the result.
const int Warm = 3000;
const int Calls = 10_000;
var directory = "/tmp/cab-pt-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
var load = (await File.ReadAllTextAsync("/proc/loadavg").ConfigureAwait(false)).Trim();
await using var containerd = await ContainerdDaemon.StartAsync(directory, new BusyboxImage()).ConfigureAwait(false);
await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
{
    SilosLater = true,
    GatewaySettings = new Dictionary<string, string> { ["CriAttach:Gateway:Upstream:Socket"] = containerd.SocketPath },
}).ConfigureAwait(false);
Side direct = new(new RuntimeService.RuntimeServiceClient(containerd.Channel));
Side through = new(processes.Gateways[0].Runtime);
for (var call = 0; call < Warm + Calls; call++)
{
    await direct.CallAsync(call >= Warm).ConfigureAwait(false);
    await through.CallAsync(call >= Warm).ConfigureAwait(false);
}

var result = JsonSerializer.Serialize(
    new
    {
        method = "Version",
        calls = Calls,
        cores = Environment.ProcessorCount,
        loadAtStart = load,
        directMilliseconds = new { p50 = direct.Percentile(0.5), p99 = direct.Percentile(0.99) },
        throughMilliseconds = new { p50 = through.Percentile(0.5), p99 = through.Percentile(0.99) },
        addedToMedianMilliseconds = Math.Round(through.Percentile(0.5) - direct.Percentile(0.5), 4),
    },
    Options.Indented);
await Console.Out.WriteLineAsync(result).ConfigureAwait(false);
if (args is [var file])
{
    await File.WriteAllTextAsync(file, result + "\n").ConfigureAwait(false);
}
