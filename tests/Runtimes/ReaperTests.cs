using System.Diagnostics;
using System.Globalization;
using CriAttach.Testing;
using CriAttach.Testing.Processes;

namespace CriAttach.Runtimes.Tests;

/// <summary>What a test program leaves behind does not stay (<c>eng/reap.sh</c>).</summary>
public sealed class ReaperTests : IDisposable
{
    private const string Sleep = "sleep 600";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("criattach-reaper-").FullName;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public Task ItsInputEnds_WhatCarriesTheMarkAndWhatDescendsFromItEnds() => EndsAsync($"env -i {Sleep} & echo $!; wait", isMarked: true);

    [Fact]
    public Task ItsInputEnds_WhatWorksInADirectoryOfTheRunEnds() => EndsAsync($"env -i {Sleep} >{_directory}/log & echo $!; wait", isMarked: false);

    private async Task EndsAsync(string script, bool isMarked)
    {
        var reaper = Start(Path.Combine(Repository.Top, "eng", "reap.sh"), _run);
        var other = Start("sh", "-c", $"echo here; exec {Sleep}");
        await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var started = Start("sh", ["-c", script], isMarked ? _run : null);
        var descendant = int.Parse((await started.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
        await reaper.StandardInput.WriteLineAsync(_directory);
        Assert.True(ProcessTable.IsAlive(descendant));
        reaper.StandardInput.Close();
        await reaper.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, reaper.ExitCode);
        Assert.False(ProcessTable.IsAlive(descendant));
        Assert.False(other.HasExited);
    }

    private Process Start(string program, params string[] arguments) => Start(program, arguments, run: null);

    private Process Start(string program, string[] arguments, string? run)
    {
        _started.Add(Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["CRIATTACH_TEST_RUN"] = run },
        })!);
        return _started[^1];
    }
}
