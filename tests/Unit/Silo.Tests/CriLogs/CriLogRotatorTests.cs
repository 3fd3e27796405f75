using CriAttach.Silo.CriLogs;
using Microsoft.Extensions.Logging.Abstractions;

namespace CriAttach.Silo.Tests.CriLogs;

public sealed class CriLogRotatorTests : IDisposable
{
    private const int Grown = 64 * 1024;

    private readonly TemporaryDirectory _directory = new();
    private readonly TaskCompletionSource _asked = new();
    private readonly CriLogFiles _files;

    public CriLogRotatorTests()
    {
        _files = CriLogFiles.Open(_directory.Path);
        Write();
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WriterEndsBeforeItOpensItsLogAnew_NobodyWaitsAndTheFileHasItsNameAgain()
    {
        var rotator = Rotator(static () => { });
        rotator.Observe(Grown);
        await _asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(_files.Settled.IsCompleted);
        await rotator.DisposeAsync();
        Assert.True(_files.Settled.IsCompleted);
        Assert.NotEqual(_files.CurrentPath, Assert.Single(_files.All).Path);
        rotator.EndWriting();
        Assert.Equal(_files.CurrentPath, Assert.Single(_files.All).Path);
        Assert.True(_files.HasCurrent);
    }

    [Fact]
    public async Task WriterEndsWhenItHasOpenedItsLogAnew_TheNewFileIsFound()
    {
        var rotator = Rotator(Write);
        rotator.Observe(Grown);
        await _asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await rotator.DisposeAsync();
        Assert.Equal([0, 2], _files.All.Select(file => file.Start));
        Assert.Equal(_files.CurrentPath, _files.All[^1].Path);
    }

    private void Write() => File.WriteAllText(_files.CurrentPath, "2026-01-01T00:00:00.000000000+00:00 stdout F x\n");

    /// <summary>A rotator whose writer is told to open its log anew, and answers no more.</summary>
    private CriLogRotator Rotator(Action write) => new(
        _files,
        new CriLogLimits(FileBytes: 1, 3),
        async cancellationToken =>
        {
            write();
            _asked.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        },
        TimeProvider.System,
        NullLogger<CriLogRotator>.Instance);
}
