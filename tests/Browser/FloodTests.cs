using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CriAttach.AdminApi;

namespace CriAttach.Browser.Tests;

/// <summary>Much output in the browser's terminal: every byte comes, and the page stays alive.</summary>
public sealed class FloodTests(DashboardCluster cluster, Chromium chromium)
{
    private const int Length = 100_000_000;

    // Every byte that comes is kept, in one piece, and how long the page was busy at a stretch.
    private const string Tap = """
        window.received = new Uint8Array(110e6);
        window.count = 0;
        window.longest = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => window.longest = Math.max(window.longest, entry.duration))).observe({ type: 'longtask' });
        new MutationObserver(() => document.querySelectorAll('[data-testid=terminal]').forEach(box => box.dataset.tap = '')).observe(document, { childList: true, subtree: true });
        addEventListener('criattach:bytes', event => { window.received.set(event.detail, window.count); window.count += event.detail.length; });
        """;

    [Fact]
    public async Task HundredMegabytes_EveryByteComesAndThePageIsNeverBlocked()
    {
        var processes = cluster.Processes;
        var lines = Path.Combine(await processes.RootfsAsync(), "flood");
        await File.WriteAllBytesAsync(lines, Content());
        await using var container = await processes.ShellAsync("stty -echo -opost; read -r go; cat /flood; read -r on", new CreateContainerBody { Stdin = true, Tty = true });
        await using var ann = await DashboardPage.OpenAsync(chromium, processes.Gateways[0], script: Tap);
        await ann.WatchAsync(container);
        await ann.HelpAsync();
        await ann.Page.EvaluateAsync("() => { window.count = 0; window.longest = 0; }");
        await ann.TypeAsync("go\n");
        await ann.Page.WaitForFunctionAsync("length => window.count >= length", Length, new() { Timeout = 180_000, PollingInterval = 500 });
        var hash = await ann.Page.EvaluateAsync<string>(
            "async length => [...new Uint8Array(await crypto.subtle.digest('SHA-256', window.received.subarray(0, length)))].map(one => one.toString(16).padStart(2, '0')).join('')", Length);
        var longest = await ann.Page.EvaluateAsync<double>("() => window.longest");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(lines))), hash);
        Assert.True(longest <= 100, string.Create(CultureInfo.InvariantCulture, $"The page was blocked for {longest:f0} ms."));
        Assert.Empty(ann.Faults);
    }

    /// <summary>Numbered lines in colours, with characters of one to four bytes; the last one is cut off where it ends.</summary>
    private static byte[] Content()
    {
        var content = new MemoryStream(Length + 256);
        for (var number = 0; content.Length < Length; number++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"\u001b[3{(number % 7) + 1}m{number:d8} the quick brown fox: äöü 漢字 😀 jumps over the lazy dog\u001b[0m\r\n");
            content.Write(Encoding.UTF8.GetBytes(line));
        }

        return content.ToArray()[..Length];
    }
}
