using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CriAttach.AdminApi;
using CriAttach.Testing.Processes;

namespace CriAttach.Browser.Tests;

/// <summary>A recorded session, played in the dashboard: the screen is the one that was seen live.</summary>
public sealed partial class PlaybackTests(DashboardCluster cluster, Chromium chromium)
{
    private const int Steps = 10;

    // Colours, cursor moves and a wide character; each step waits for a line.
    private const string Script =
        "n=0; while read -r line; do n=$((n+1)); printf '\\033[2J\\033[H\\033[3%dmstep %d\\033[0m\\n\\033[5;%dH漢字 %s' $((n % 7 + 1)) $n $((n * 3)) \"$line\"; stty size; done";

    [Fact]
    public async Task TerminalWithResizes_ScreensAreThoseThatWereSeenAtTenPoints()
    {
        var processes = cluster.Processes;
        await using var container = await processes.ShellAsync(Script, new CreateContainerBody { Stdin = true, Tty = true, Namespace = "recorded", Pod = "played" });
        List<string> live = [];
        await using (var ann = await DashboardPage.OpenAsync(chromium, processes.Gateways[0]))
        {
            await ann.WatchAsync(container);
            await ann.HelpAsync();
            for (var step = 1; step <= Steps; step++)
            {
                var before = await ann.SizeAsync();
                await ann.Page.SetViewportSizeAsync(900 + (40 * step), 600 + (20 * step));
                await ann.Page.WaitForFunctionAsync("before => !document.querySelector('[data-testid=terminal-size]').innerText.startsWith(before)", before);
                await ann.TypeAsync($"line{step}\n");
                await ann.SeesAsync($"step {step}");
                await ann.SeesAsync(string.Join(' ', (await ann.SizeAsync()).Split('×').Reverse()));
                live.Add(await ann.LinesAsync());

                // The player's slider goes in tenths of a second: so far apart the steps are at least.
                await ann.Page.WaitForFunctionAsync("since => performance.now() - since > 300", await ann.Page.EvaluateAsync<double>("() => performance.now()"));
            }

            await ann.Page.GetByTestId("terminal-detach").ClickAsync();
        }

        var recording = await FinishedAsync(processes, container.Id);
        await using var player = await DashboardPage.OpenAsync(chromium, processes.Gateways[1], $"#/recordings/{recording.Node}/{recording.Id}");
        await player.ShowsAsync("play");
        var ends = EndsOfSteps(await processes.Admin.RecordingAsync(recording));
        for (var step = 1; step <= Steps; step++)
        {
            await player.Page.GetByTestId("seek").FillAsync((Math.Ceiling(ends[step] * 10) * 100).ToString("f0", CultureInfo.InvariantCulture));
            await player.ShowsLinesAsync(live[step - 1]);
        }

        Assert.Empty(player.Faults);
    }

    /// <summary>When, in seconds, the last output of each step came.</summary>
    private static double[] EndsOfSteps(byte[] cast)
    {
        var ends = new double[Steps + 1];
        var (at, step) = (0.0, 0);
        foreach (var line in Encoding.UTF8.GetString(cast).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == '['))
        {
            using var json = JsonDocument.Parse(line);
            at += json.RootElement[0].GetDouble();
            var data = json.RootElement[2].ToString();
            switch (json.RootElement[1].GetString())
            {
                case "r":
                    // The next step begins.
                    step = 0;
                    break;
                case "o" when Step().Match(data) is { Success: true } match:
                    step = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                    ends[step] = at;
                    break;
                case "o":
                    ends[step] = at;
                    break;
                default:
                    break;
            }
        }

        return ends;
    }

    [GeneratedRegex("step (\\d+)")]
    private static partial Regex Step();

    private static async Task<RecordingView> FinishedAsync(CriAttachProcesses processes, string container)
    {
        RecordingView? found = null;
        await Until.TrueAsync(
            async token =>
            {
                // The newest one: who only watched first has one of its own.
                found = (await processes.Admin.RecordingsAsync(token)).Recordings.FirstOrDefault(recording => recording.Container == container);
                return found?.State == RecordingPhase.Complete;
            },
            TimeSpan.FromSeconds(30),
            "the recording is complete");
        return found!;
    }
}
