using System.Diagnostics;
using System.Text;
using CriAttach.Testing.Attach;

namespace CriAttach.Testing.Processes;

/// <summary>A program that a test talks to by its standard streams. Disposing it kills it.</summary>
public sealed class ClientProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _reading;

    private ClientProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput.BaseStream, Output), ReadAsync(process.StandardError.BaseStream, Errors));
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote to standard output.</summary>
    public OutputBuffer Output { get; } = new("stdout");

    /// <summary>What it wrote to standard error.</summary>
    public OutputBuffer Errors { get; } = new("stderr");

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of our own.</param>
    public static ClientProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Reaper.Watch();
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ClientProcess(Process.Start(start)!);
    }

    /// <summary>Types.</summary>
    /// <param name="text">The text.</param>
    public async Task InputAsync(string text)
    {
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
        await input.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Ends its input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits until it has ended and all its output is here.</summary>
    /// <param name="limit">How long that may take; 60 s unless said otherwise.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It runs on; the message holds what it wrote.</exception>
    public async Task<int> ExitAsync(TimeSpan? limit = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit ?? Patience).ConfigureAwait(false);
            await _reading.WaitAsync(Patience).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} runs on after {(limit ?? Patience).TotalSeconds} s; it wrote {Output.Length} bytes and: {Errors}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
    }

    private static async Task ReadAsync(Stream stream, OutputBuffer output)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            output.Append(buffer.AsSpan(0, count));
        }
    }
}
