using System.Globalization;
using System.Security.Cryptography;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>Much random output, and much random input, bit for bit, through a pipe or a terminal in raw mode.</summary>
public static class RandomBytes
{
    private const int InputBlock = 32 * 1024;
    private const int DdBlock = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Checks output: PID 1 is <c>cat</c> of a file that we know.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="length">How many bytes; a multiple of 64 KiB.</param>
    /// <param name="tty">Whether by a terminal.</param>
    /// <param name="at">The gateway that serves the stream.</param>
    public static async Task OutputAsync(CriAttachProcesses processes, long length, bool tty, int at = 0)
    {
        var (name, content) = await FileAsync(processes, length).ConfigureAwait(false);
        var script = (tty ? "stty raw -echo; " : "") + $"exec cat /{name}";
        await using var container = await processes.ShellAsync(script, new CreateContainerBody { Stdin = true, Tty = tty, StartLater = true }).ConfigureAwait(false);
        AttachClientOptions options = new() { Sink = (_, bytes) => content.Check(bytes) };
        await using var client = await container.AttachAsync(new AttachBody { Stdin = true, Stdout = true, Stderr = true }, at: at, options: options).ConfigureAwait(false);
        await container.StartAsync().ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.That(content.Checked == length, $"{content.Checked} of {length} bytes came; the session: {end}");
        Expect.Success(end, client.Protocol);
    }

    /// <summary>Checks input: PID 1 tells the hash of what it read.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="length">How many bytes; a multiple of 64 KiB.</param>
    /// <param name="tty">Whether by a terminal.</param>
    /// <param name="at">The gateway that serves the stream.</param>
    public static async Task InputAsync(CriAttachProcesses processes, long length, bool tty, int at = 0)
    {
        var script = tty
            ? $"stty raw -echo; echo ready; dd bs={DdBlock} count={length / DdBlock} iflag=fullblock 2>/dev/null | sha256sum"
            : "echo ready; sha256sum";
        await using var container = await processes.ShellAsync(script, new CreateContainerBody { Stdin = true, Tty = tty, StdinOnce = true }).ConfigureAwait(false);
        await using var client = await container.AttachAsync(via: at, at: at).ConfigureAwait(false);
        await client.Stdout.ContainsAsync("ready").ConfigureAwait(false);
        var expected = await SendAsync(length, client.InputAsync).ConfigureAwait(false);
        if (!tty)
        {
            await client.EndInputAsync().ConfigureAwait(false);
        }

        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.That(client.Stdout.ToString().Contains(expected, StringComparison.Ordinal), $"PID 1 read something else: '{client.Stdout}' instead of {expected}; the session: {end}");
        Expect.Success(end, client.Protocol);
    }

    /// <summary>Puts a file of random bytes where every container sees it.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="length">How many bytes; a multiple of eight.</param>
    /// <returns>Its name in the containers' root, and what is in it.</returns>
    public static async Task<(string Name, RandomContent Content)> FileAsync(CriAttachProcesses processes, long length)
    {
        RandomContent content = new((ulong)length);
        var name = string.Create(CultureInfo.InvariantCulture, $"random-{length}");
        var path = Path.Combine(await processes.RootfsAsync().ConfigureAwait(false), name);
        if (!File.Exists(path))
        {
            content.WriteFile(path, length);
        }

        return (name, content);
    }

    /// <summary>Sends random bytes.</summary>
    /// <param name="length">How many; a multiple of 32 KiB.</param>
    /// <param name="send">Sends some; their memory is used again afterwards.</param>
    /// <returns>Their SHA-256, as <c>sha256sum</c> prints it.</returns>
    internal static async Task<string> SendAsync(long length, Func<ReadOnlyMemory<byte>, Task> send)
    {
        RandomContent content = new((ulong)length + 1);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[InputBlock];
        for (long position = 0; position < length; position += block.Length)
        {
            content.Fill(position, block);
            hash.AppendData(block);
            await send(block).WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
