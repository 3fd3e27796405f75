using System.Diagnostics;
using System.Globalization;
using CriAttach.Testing;
using CriAttach.Testing.Processes;

namespace CriAttach.Runtimes.Tests;

/// <summary>What a test program that was killed leaves behind does not stay (<c>eng/reap.sh</c>).</summary>
public sealed class ReaperTests
{
    [Fact]
    public async Task StarterIsGone_WhatItStartedEndsAndNothingElse()
    {
        var ct = TestContext.Current.CancellationToken;
        var run = Guid.NewGuid().ToString("N");
        using var reaper = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Top, "eng", "reap.sh"), [run]) { RedirectStandardInput = true })!;
        using var other = Process.Start("sleep", "600");
        using var started = Process.Start(new ProcessStartInfo("sh", ["-c", "env -i sleep 600 & echo $!; wait"])
        {
            Environment = { ["CRIATTACH_TEST_RUN"] = run },
            RedirectStandardOutput = true,
        })!;
        try
        {
            var descendant = int.Parse((await started.StandardOutput.ReadLineAsync(ct))!, CultureInfo.InvariantCulture);
            Assert.False(reaper.HasExited);
            reaper.StandardInput.Close();
            await reaper.WaitForExitAsync(ct);
            await started.WaitForExitAsync(ct);
            Assert.Equal(0, reaper.ExitCode);
            Assert.False(ProcessTable.IsAlive(descendant));
            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }
}
