using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>A cluster that calls a client stalled at a rate at which a test can still wait for it.</summary>
public sealed class SlowReaderTests
{
    private const int Output = 4_000_000;

    [Fact]
    public async Task Case29_ReaderTooSlowToSlowAnyone_StillGetsEveryByteAndTheStatus()
    {
        CriAttachProcessesOptions settings = new()
        {
            SiloSettings = new Dictionary<string, string>
            {
                ["CriAttach:Stdio:MinRate"] = "4000000",
                ["CriAttach:Stdio:StallTimeout"] = "00:00:02",
            },
        };
        await using var processes = await CriAttachProcesses.StartAsync(settings);
        var content = new RandomContent(2);
        var path = Path.Combine(processes.Directory, "output");
        content.WriteFile(path, Output);
        await using var container = await processes.ShellAsync($"read x; cat {path}", new CreateContainerBody { Stdin = true });
        AttachClientOptions options = new() { BytesPerSecond = 250_000, ReceiveBuffer = 4096, Sink = (_, bytes) => content.Check(bytes) };
        await using var client = await container.AttachAsync(StreamProtocol.V5, options: options);
        await client.InputAsync("\n");
        var end = await client.EndAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Output, content.Checked);
        Endings.AssertSuccess(end, client.Protocol);
    }
}
