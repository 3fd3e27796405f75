using System.Globalization;
using System.Text;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Scenarios;

/// <summary>Checks that output counts from 0 on, a number a line, none missing and none twice.</summary>
internal sealed class Numbers
{
    private string _rest = "";
    private long _next;
    private volatile string? _fault;

    /// <summary>The number that comes next.</summary>
    public long Next => Interlocked.Read(ref _next);

    /// <summary>Takes output.</summary>
    public void Take(StdioChannel channel, ReadOnlySpan<byte> bytes)
    {
        var lines = (_rest + Encoding.ASCII.GetString(bytes)).Split('\n');
        _rest = lines[^1];
        foreach (var line in lines.AsSpan(0, lines.Length - 1))
        {
            if (line != _next.ToString(CultureInfo.InvariantCulture))
            {
                _fault ??= $"'{line}' came instead of {_next}";
            }

            Interlocked.Increment(ref _next);
        }
    }

    /// <summary>Waits until the output has come so far.</summary>
    public async Task ReachAsync(long number, TimeSpan limit)
    {
        await Until.TrueAsync(() => _fault is not null || Next >= number, limit, $"{number} came").ConfigureAwait(false);
        Expect.That(_fault is null, _fault ?? "");
    }
}
