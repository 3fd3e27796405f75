using CriAttach.Grains.Containers;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Grains.Tests.Containers;

public sealed class TerminalOwnershipTests
{
    private static readonly TerminalSize Small = new() { Width = 80, Height = 25 };
    private static readonly TerminalSize Large = new() { Width = 200, Height = 50 };

    private readonly TerminalOwnership _terminal = new();

    [Fact]
    public void OnlyTheOwnersSize_IsApplied()
    {
        _terminal.Take("a");
        Assert.Equal(Small, _terminal.Resize("a", Small));
        Assert.Null(_terminal.Resize("b", Large));
    }

    [Fact]
    public void WhoTypes_GetsItsOwnSizeBack()
    {
        _terminal.Take("a");
        _terminal.Resize("a", Small);
        _terminal.Resize("b", Large);
        Assert.Equal(Large, _terminal.Take("b"));
        Assert.Null(_terminal.Take("b"));
        Assert.Equal(Small, _terminal.Take("a"));
    }

    [Fact]
    public void ZeroInASize_IsIgnored()
    {
        Assert.Null(_terminal.Resize("a", new TerminalSize { Width = 0, Height = 5 }));
        Assert.Null(_terminal.Resize("a", new TerminalSize { Width = 5, Height = 0 }));
    }

    [Fact]
    public void LastToLeave_LeavesNothing()
    {
        _terminal.Take("a");
        _terminal.Resize("b", Large);
        Assert.False(_terminal.Leave("a"));
        Assert.True(_terminal.Leave("b"));
    }
}
