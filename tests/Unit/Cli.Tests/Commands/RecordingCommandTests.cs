using System.Buffers;
using System.Text;
using CriAttach.AdminApi;
using CriAttach.Cli.Commands;
using CriAttach.Cli.Tests.Fakes;
using CriAttach.Wire.Recordings;

namespace CriAttach.Cli.Tests.Commands;

public sealed class RecordingCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("criattach-test-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Verify_WholeOnes_IsSuccess()
    {
        var (first, second) = (Write("a"), Write("b"));
        var (exitCode, output, _) = await Lines.RunAsync(["recording", "verify", first[1], first[0], .. second]);
        Assert.Equal(0, exitCode);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("intact ", line, StringComparison.Ordinal));
        Assert.Contains("2 parts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Changed_NamesFileAndLine()
    {
        var parts = Write("a");
        var bytes = File.ReadAllBytes(parts[1]);
        bytes[bytes.AsSpan().IndexOf("two"u8)] ^= 1;
        File.WriteAllBytes(parts[1], bytes);
        var (exitCode, output, _) = await Lines.RunAsync(["recording", "verify", .. parts, .. Write("b").Take(1)]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"ALTERED     {parts[1]}:4: ", output, StringComparison.Ordinal);
        Assert.Contains("incomplete  ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithoutEnd_IsAnotherCode()
    {
        var (exitCode, output, _) = await Lines.RunAsync("recording", "verify", Write("a")[0]);
        Assert.Equal(2, exitCode);
        Assert.Contains("part 2 is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithKey_NeedsIt()
    {
        var key = Path.Combine(_directory.FullName, "key");
        File.WriteAllText(key, new string('k', 32) + "\n");
        var parts = Write("a", Encoding.ASCII.GetBytes(new string('k', 32)));
        Assert.Equal(0, (await Lines.RunAsync(["recording", "verify", "--key-file", key, .. parts])).ExitCode);
        var without = await Lines.RunAsync(["recording", "verify", .. parts]);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("with a key", without.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoSuchFile_IsAFailure()
    {
        var (exitCode, _, error) = await Lines.RunAsync("recording", "verify", "/does/not/exist.cast");
        Assert.Equal(125, exitCode);
        Assert.Contains("/does/not/exist.cast", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IsATable()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Recordings.Add(View("r1", RecordingPhase.Broken, "the disk was full"), []);
        var (exitCode, output, _) = await Lines.RunAsync("recording", "list", "--gateway", gateway.Address);
        Assert.Equal(0, exitCode);
        Assert.Contains("r1", output, StringComparison.Ordinal);
        Assert.Contains("broken", output, StringComparison.Ordinal);
        Assert.Contains("the disk was full", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CopiesToAFileOfItsOwnOrToStandardOutput()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var bytes = Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray();
        gateway.Recordings.Add(View("r1", RecordingPhase.Complete, ""), bytes);
        var path = Path.Combine(_directory.FullName, "copy.cast");
        Assert.Equal(0, (await Lines.RunAsync("recording", "get", "r1", "-o", path, "--gateway", gateway.Address)).ExitCode);
        Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var again = await Lines.RunAsync("recording", "get", "r1", "-o", path, "--gateway", gateway.Address);
        Assert.Equal(125, again.ExitCode);
        Assert.Contains(path, again.Error, StringComparison.Ordinal);

        using var stdout = new MemoryStream();
        var context = Lines.Context(out _, out _, stdout: stdout);
        Assert.Equal(0, await new CommandLine(context).RunAsync(["recording", "get", "r1", "--node", "n1", "--gateway", gateway.Address]));
        Assert.Equal(bytes, stdout.ToArray());
    }

    [Fact]
    public async Task Get_BreaksOff_LeavesNoFileSoThatItCanBeTriedAgain()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var bytes = new byte[100_000];
        gateway.Recordings.Add(View("r1", RecordingPhase.Complete, ""), bytes);
        var path = Path.Combine(_directory.FullName, "copy.cast");
        gateway.BreaksOff = true;
        var broken = await Lines.RunAsync("recording", "get", "r1", "-o", path, "--gateway", gateway.Address);
        Assert.Equal(125, broken.ExitCode);
        Assert.Contains("broke off", broken.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        gateway.BreaksOff = false;
        Assert.Equal(0, (await Lines.RunAsync("recording", "get", "r1", "-o", path, "--gateway", gateway.Address)).ExitCode);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Get_Unknown_IsSaid()
    {
        await using var gateway = await FakeGateway.StartAsync();
        Assert.Contains("'r2'", (await Lines.RunAsync("recording", "get", "r2", "--gateway", gateway.Address)).Error, StringComparison.Ordinal);
        var named = await Lines.RunAsync("recording", "get", "r2", "--node", "n1", "--gateway", gateway.Address);
        Assert.Contains("there is no recording r2", named.Error, StringComparison.Ordinal);
    }

    private static RecordingView View(string id, RecordingPhase state, string reason) => new()
    {
        Node = "n1", Id = id, Container = "0123456789abcdef", ContainerName = "web", State = state, Reason = reason, StartedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(3),
    };

    private string[] Write(string id, byte[]? key = null)
    {
        using var chain = new ChainWriter(id, key);
        return
        [
            .. new[] { "one", "two" }.Select((word, index) =>
            {
                var part = new ArrayBufferWriter<byte>();
                part.Write("{\"version\":3}\n"u8);
                chain.WritePart(part);
                part.Write(Encoding.UTF8.GetBytes($"[0.5,\"o\",\"{word}\"]\n"));
                chain.Append(part.WrittenSpan);
                chain.WriteMark(part, index == 0 ? ChainMark.Continued : ChainMark.End);
                var path = Path.Combine(_directory.FullName, $"{id}.{index + 1}.cast");
                File.WriteAllBytes(path, part.WrittenSpan);
                return path;
            }),
        ];
    }
}
