using CriAttach.Gateway.Streaming.Input;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Tests.Streaming.Input;

public sealed class ResizePumpTests
{
    [Fact]
    public async Task TwoSizesAtOnce_BothSentInOrder()
    {
        var sent = new List<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pump = new ResizePump(size =>
        {
            sent.Add(size.Width);
            if (sent.Count == 2)
            {
                done.SetResult();
            }

            return Task.CompletedTask;
        });
        pump.Post(new TerminalSize { Width = 81, Height = 25 });
        pump.Post(new TerminalSize { Width = 80, Height = 24 });
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([81, 80], sent);
    }
}
