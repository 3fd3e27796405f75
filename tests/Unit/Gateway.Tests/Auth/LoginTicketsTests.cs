using CriAttach.Gateway.Auth;
using CriAttach.Tests;

namespace CriAttach.Gateway.Tests.Auth;

public sealed class LoginTicketsTests
{
    private readonly SettableClock _time = new();

    [Fact]
    public void Ticket_IsGoodOnce()
    {
        var tickets = new LoginTickets(_time);
        var ticket = tickets.TryIssue(out var end)!;
        Assert.Equal(_time.GetUtcNow() + LoginTickets.Life, end);
        Assert.False(tickets.TryRedeem(ticket + "x"));
        Assert.True(tickets.TryRedeem(ticket));
        Assert.False(tickets.TryRedeem(ticket));
    }

    [Fact]
    public void Ticket_TenMinutesLater_IsNoGood()
    {
        var tickets = new LoginTickets(_time);
        var ticket = tickets.TryIssue(out _)!;
        _time.Advance(LoginTickets.Life);
        Assert.False(tickets.TryRedeem(ticket));
    }

    [Fact]
    public void Full_RefusesUntilOneIsUsedOrOld()
    {
        var tickets = new LoginTickets(_time);
        var first = tickets.TryIssue(out _)!;
        for (var waiting = 1; waiting < LoginTickets.MaxWaiting; waiting++)
        {
            Assert.NotNull(tickets.TryIssue(out _));
        }

        Assert.Null(tickets.TryIssue(out _));
        Assert.True(tickets.TryRedeem(first));
        Assert.NotNull(tickets.TryIssue(out _));
        Assert.Null(tickets.TryIssue(out _));
        _time.Advance(LoginTickets.Life);
        Assert.NotNull(tickets.TryIssue(out _));
    }

    [Fact]
    public void ClockIsSetBack_TicketLivesNoLonger()
    {
        var tickets = new LoginTickets(_time);
        var ticket = tickets.TryIssue(out _)!;
        _time.Ahead = TimeSpan.FromHours(-2);
        _time.Advance(LoginTickets.Life);
        Assert.False(tickets.TryRedeem(ticket));
    }
}
