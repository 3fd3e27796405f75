using System.Diagnostics;
using System.Net;
using System.Text;
using CriAttach.AdminApi;
using CriAttach.Testing.Admin;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Asciicast;
using CriAttach.Wire.Recordings;
using Grpc.Core;

namespace CriAttach.EndToEnd.Tests;

/// <summary>What clients saw, on the node's disk; and what happens when there is no room for it.</summary>
public sealed class RecordingTests
{
    private const string Filler = "fill";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task TerminalSession_IsRecordedAsItsClientSawIt()
    {
        await using var processes = await StartAsync(("Namespaces:prod:Enabled", "true"), ("Namespaces:bank:Enabled", "true"), ("Namespaces:bank:Input", "true"));
        await RecordTerminalAsync(processes, "prod", input: false);
        await RecordTerminalAsync(processes, "bank", input: true);
        await using var container = await processes.RunAsync(["cat"]);
        await using var client = await container.AttachAsync();
        Assert.False((await container.InspectAsync()).Recording);
    }

    [Fact]
    public async Task DiskFull_FailClosed_NoSessionStartsAndTheOneUnderWayEnds()
    {
        using var disk = new SmallDisk();
        await using var processes = await StartAsync(("Enabled", "true"), ("FailClosed", "true"), ("Directory", disk.Path));
        await using var container = await processes.RunAsync(["cat"]);
        disk.Fill();
        var refused = await Assert.ThrowsAsync<AdminException>(() => container.AttachAsync(new AttachBody { Stdin = true, Stdout = true }));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("have to be recorded", refused.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", refused.Message, StringComparison.Ordinal);
        var call = await Assert.ThrowsAsync<RpcException>(() => container.AttachAsync());
        Assert.Equal(StatusCode.Unavailable, call.StatusCode);
        Assert.Contains("No space left", call.Status.Detail, StringComparison.Ordinal);

        disk.Empty();
        var answer = await processes.Admin.AttachAsync(container.Id, new AttachBody { Stdin = true, Stdout = true });
        disk.Fill();
        var late = await Assert.ThrowsAsync<WebSocketRefusedException>(
            () => AttachClient.OpenAsync(processes.Gateways[0].Here(new Uri(answer.Url)), Wire.Channels.StreamProtocol.V5));
        Assert.Equal(503, late.Answer.StatusCode);
        Assert.Contains("No space left", late.Body, StringComparison.Ordinal);

        disk.Empty();
        await using var client = await container.AttachAsync();
        await client.InputAsync("hello\n");
        await client.Stdout.ContainsAsync("hello\n");
        disk.Fill();
        await client.InputAsync(new string('x', 60_000) + "\n");
        var end = await client.EndAsync(Patience);
        Assert.Contains("recording cannot be written", end.Status, StringComparison.Ordinal);
        Assert.Equal(ContainerPhase.Running, (await container.InspectAsync()).State);
    }

    [Fact]
    public async Task DiskFull_SessionGoesOnAndTheRecordingIsMarked()
    {
        using var disk = new SmallDisk();
        await using var processes = await StartAsync(("Enabled", "true"), ("Directory", disk.Path));
        await using var container = await processes.RunAsync(["cat"]);
        await using var client = await container.AttachAsync();
        await client.InputAsync("hello\n");
        await client.Stdout.ContainsAsync("hello\n");
        disk.Fill();
        await client.InputAsync(new string('x', 60_000) + "\n");
        var recording = await OverAsync(processes);
        Assert.Equal(RecordingPhase.Broken, recording.State);
        Assert.Contains("No space left", recording.Reason, StringComparison.Ordinal);
        await client.InputAsync("still here\n");
        await client.Stdout.ContainsAsync("still here\n");
        var bytes = await processes.Admin.RecordingAsync(recording);
        Assert.Equal(ChainState.Incomplete, Verify(bytes).State);
        Assert.EndsWith($"{recording.Hash}\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal((ushort?)1000, (await client.CloseAsync()).CloseCode);
    }

    [Fact]
    public async Task DiskFullAtAnotherPart_LeavesNoPartWithoutAHeader()
    {
        using var disk = new SmallDisk();
        await using var processes = await StartAsync(("Enabled", "true"), ("Directory", disk.Path), ("MaxFileBytes", "8192"));
        await using var container = await processes.RunAsync(["cat"]);
        await using var client = await container.AttachAsync();
        await client.InputAsync("hello\n");
        await client.Stdout.ContainsAsync("hello\n");
        await Until.TrueAsync(async token => (await processes.Admin.RecordingsAsync(token)).Recordings is [{ Bytes: > 0 }], Patience, "it has begun");
        disk.Fill();
        await client.InputAsync(new string('x', 60_000) + "\n");
        var recording = await OverAsync(processes);
        Assert.Equal(RecordingPhase.Broken, recording.State);
        Assert.Contains("bytes of output are not in it", recording.Reason, StringComparison.Ordinal);
        var bytes = await processes.Admin.RecordingAsync(recording);
        var verdict = Verify(bytes);
        Assert.Equal((ChainState.Incomplete, "part 2 is missing"), (verdict.State, verdict.Message));
        Assert.EndsWith($"# criattach continued {recording.Hash}\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(disk.Path, "*.cast", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task SiloIsKilled_RecordingIsBrokenAndWhatWasWrittenIsGood()
    {
        await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Runtime = "conmon", SiloSettings = Settings(("Enabled", "true")) });
        await using var container = await processes.ShellAsync("i=0; while sleep 0.05; do i=$((i+1)); echo $i; done");
        await using var client = await container.AttachAsync(new AttachBody { Stdout = true });
        await Until.TrueAsync(async token => (await processes.Admin.RecordingsAsync(token)).Recordings is [{ Bytes: > 1000 }], Patience, "some of it is on disk");
        await processes.Silos[0].KillAsync();
        await processes.RestartAsync(processes.Silos[0]);
        var list = await processes.Admin.RecordingsAsync();
        var broken = Assert.Single(list.Recordings, recording => recording.State == RecordingPhase.Broken);
        Assert.Contains("node agent ended", broken.Reason, StringComparison.Ordinal);
        var bytes = await processes.Admin.RecordingAsync(broken);
        var verdict = Verify(bytes);
        Assert.Equal(ChainState.Incomplete, verdict.State);
        Assert.Contains("unchanged up to line", verdict.Message, StringComparison.Ordinal);
        var seen = Text(Events(bytes), AsciicastCode.Output);
        Assert.StartsWith("1\n2\n3\n", seen, StringComparison.Ordinal);

        // The gateway still holds the session for the new silo, which records on where the old one had come to.
        var next = Assert.Single(list.Recordings, recording => recording.State != RecordingPhase.Broken);
        Assert.Equal(broken.Participants, next.Participants);
        await client.CloseAsync();
        var over = await OverAsync(processes);
        Assert.Equal((next.Id, RecordingPhase.Complete), (over.Id, over.State));
        var all = seen + Text(Events(await processes.Admin.RecordingAsync(over)), AsciicastCode.Output);
        var numbers = all.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
    }

    private static async Task RecordTerminalAsync(CriAttachProcesses processes, string podNamespace, bool input)
    {
        await using var container = await processes.ShellAsync(
            "while read line; do echo \"$line: $(stty size) grün €\"; done", new CreateContainerBody { Stdin = true, Tty = true, Namespace = podNamespace, Pod = "web-0" });
        await using var client = await container.AttachAsync();
        for (ushort i = 1; i <= 10; i++)
        {
            await client.ResizeAsync((ushort)(100 + i), (ushort)(30 + i));
            await client.InputAsync($"line{i}\n");
            await client.Stdout.ContainsAsync($"line{i}: ");
            await Until.TrueAsync(() => client.Stdout.ToString().Split("€\r\n").Length > i, Patience, $"line {i} is answered");
        }

        Assert.True((await container.InspectAsync()).Recording);
        await client.InputAsync("\u0004");
        await client.EndAsync();
        var recording = await OverAsync(processes);
        Assert.Equal((RecordingPhase.Complete, "", podNamespace, "web-0", (int?)0), (recording.State, recording.Reason, recording.Namespace, recording.Pod, recording.ExitCode));
        Assert.Equal((110, 40), (recording.Width, recording.Height));
        Assert.False((await container.InspectAsync()).Recording);

        var bytes = await processes.Admin.RecordingAsync(recording);
        Assert.Equal(ChainState.Intact, Verify(bytes).State);
        var events = Events(bytes);
        Assert.Equal(client.Stdout.ToString(), Text(events, AsciicastCode.Output));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{100 + i}x{30 + i}"), events.Where(one => one.Code == AsciicastCode.Resize).Select(one => one.Data));
        Assert.Equal(input ? string.Concat(Enumerable.Range(1, 10).Select(i => $"line{i}\n")) + "\u0004" : "", Text(events, AsciicastCode.Input));
        Assert.Equal((AsciicastCode.Exit, "0"), (events[^1].Code, events[^1].Data));
    }

    private static Task<CriAttachProcesses> StartAsync(params (string Key, string Value)[] settings) =>
        CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { SiloSettings = Settings(settings) });

    private static Dictionary<string, string> Settings(params (string Key, string Value)[] settings) =>
        settings.ToDictionary(pair => $"CriAttach:Recording:{pair.Key}", pair => pair.Value);

    /// <summary>Waits until nothing is being recorded.</summary>
    /// <returns>The newest recording.</returns>
    private static async Task<RecordingView> OverAsync(CriAttachProcesses processes)
    {
        RecordingView? newest = null;
        await Until.TrueAsync(
            async token =>
            {
                var list = (await processes.Admin.RecordingsAsync(token)).Recordings;
                newest = list.Count > 0 ? list[0] : null;
                return newest is not null && list.All(recording => recording.State != RecordingPhase.Recording);
            },
            Patience,
            "the recording is over");
        return newest!;
    }

    private static ChainVerdict Verify(byte[] bytes)
    {
        using var verifier = new ChainVerifier(null);
        verifier.BeginFile();
        verifier.Append(bytes);
        return verifier.Complete();
    }

    private static List<AsciicastEvent> Events(byte[] bytes)
    {
        var events = new List<AsciicastEvent>();
        var reader = new AsciicastReader();
        ReadOnlyMemory<byte> rest = bytes;
        while (reader.TryRead(ref rest, out var line))
        {
            if (line.Event is { } one)
            {
                events.Add(one);
            }
        }

        return events;
    }

    private static string Text(List<AsciicastEvent> events, AsciicastCode code) => string.Concat(events.Where(one => one.Code == code).Select(one => one.Data));

    /// <summary>A file system of 256 KiB.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public SmallDisk() => Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", Path);

        public string Path { get; } = Directory.CreateTempSubdirectory("criattach-disk-").FullName;

        public void Fill()
        {
            using var file = new FileStream(System.IO.Path.Combine(Path, Filler), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            var some = Encoding.ASCII.GetBytes(new string('f', 4096));
            try
            {
                while (true)
                {
                    file.Write(some);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Empty() => File.Delete(System.IO.Path.Combine(Path, Filler));

        public void Dispose()
        {
            Run("umount", Path);
            Directory.Delete(Path);
        }

        private static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
