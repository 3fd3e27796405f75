using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests;

/// <summary>Several clients of several gateways on one container: who may type, whose window counts, who ends whom.</summary>
public sealed class SharingTests(ConmonCluster cluster)
{
    private const string Repeats = "while read -r line; do echo \"got $line\"; done";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private CriAttachProcesses Processes => cluster.Processes;

    [Fact]
    public async Task InputIsHandedOver_OnlyTheHoldersInputArrivesUntilItIsReleased()
    {
        await using var container = await Processes.ShellAsync(Repeats);
        await using var ann = await AttachAsync(container, "Ann", at: 0);
        await using var bob = await AttachAsync(container, "Bob", at: 1);
        await bob.InputAsync("one\n");
        await ann.Stdout.ContainsAsync("got one\n");
        var hers = await SessionAsync(container, "Ann");
        Assert.True((await Processes.Admin.HoldInputAsync(hers, hold: true)).MayType);
        await bob.InputAsync("two\n");
        await ann.InputAsync("three\n");
        await bob.Stdout.ContainsAsync("got three\n");
        Assert.Equal(hers.Id, (await container.InspectAsync()).InputHolder);
        Assert.False((await SessionAsync(container, "Bob")).MayType);
        await Processes.Admin.HoldInputAsync(hers, hold: false);
        await bob.InputAsync("four\n");
        await ann.Stdout.ContainsAsync("got four\n");
        Assert.Equal("got one\ngot three\ngot four\n", ann.Stdout.ToString());
    }

    [Fact]
    public async Task Observer_ItsInputIsDiscardedAndItsAnswerSaysSo()
    {
        await using var container = await Processes.ShellAsync(Repeats);
        await using var eve = await AttachAsync(container, "Eve", at: 1, SessionRole.Observer);
        Assert.Equal("discarded", eve.Socket.Answer.Header("X-CriAttach-Input"));
        await using var ann = await AttachAsync(container, "Ann", at: 0);
        Assert.Null(ann.Socket.Answer.Header("X-CriAttach-Input"));
        await eve.InputAsync("unheard\n");
        await eve.EndInputAsync();
        await ann.InputAsync("heard\n");
        await eve.Stdout.ContainsAsync("got heard\n");
        await ann.Stdout.ContainsAsync("got heard\n");
        Assert.Equal("got heard\n", ann.Stdout.ToString());
    }

    [Fact]
    public async Task Observer_IsGivenTheInputAndSetsTheSizeWithIt()
    {
        await using var container = await Processes.ShellAsync("while read -r line; do stty size; done", new CreateContainerBody { Stdin = true, Tty = true });
        await using var ann = await AttachAsync(container, "Ann", at: 0);
        await using var eve = await AttachAsync(container, "Eve", at: 1, SessionRole.Observer);
        await ann.ResizeAsync(111, 33);
        await eve.ResizeAsync(77, 22);
        await AskedUntilAsync(ann, eve, "33 111");
        await Processes.Admin.HoldInputAsync(await SessionAsync(container, "Eve"), hold: true);
        await AskedUntilAsync(eve, ann, "22 77");
        Assert.True((await SessionAsync(container, "Eve")).OwnsSize);
    }

    [Fact]
    public async Task OperatorEndsASession_ItIsToldAndTheOthersGoOn()
    {
        await using var container = await Processes.ShellAsync(Repeats);
        await using var ann = await AttachAsync(container, "Ann", at: 0);
        await using var bob = await AttachAsync(container, "Bob", at: 1);
        var his = await SessionAsync(container, "Bob");
        await Processes.Admin.EndSessionAsync(his, "the shift is over");
        var end = await bob.Ended.WaitAsync(Patience);
        Assert.Contains("the shift is over", end.Status, StringComparison.Ordinal);
        await ann.InputAsync("on\n");
        await ann.Stdout.ContainsAsync("got on\n");
        var ended = (await Processes.Admin.EndedSessionsAsync()).Sessions.Single(session => session.Id == his.Id);
        Assert.Equal((SessionPhase.Ended, SessionCause.EndedByOperator, "the shift is over"), (ended.State, ended.Cause, ended.Message));
    }

    [Fact]
    public async Task OperatorEndsASessionThatDoesNotRead_ItsConnectionIsCut()
    {
        await using var container = await Processes.RunAsync(["cat", "/dev/zero"]);
        await using (var warm = await AttachAsync(container, "Warm", at: 0))
        {
            await warm.Stdout.LengthAsync(1);
        }

        var gateway = Processes.Gateways[0];
        int Handles() => (int)ProcessUsage.Of(gateway.Host.Id).Handles;
        await Until.TrueAsync(async token => !(await Processes.Admin.SessionsAsync(token)).Sessions.Any(one => one.Container == container.Id), Patience, "nobody is attached");
        var before = Handles();
        var answer = await Processes.Admin.AttachAsync(container.Id, new AttachBody { Stdin = true, Stdout = true, Client = "Deaf" });
        using var deaf = await RawWebSocket.OpenAsync(gateway.Here(new Uri(answer.Url)), ["v1.resume.criattach"], [], receiveBuffer: 4096);
        await Until.TrueAsync(() => Handles() > before, Patience, "it is connected");
        await Processes.Admin.EndSessionAsync(await SessionAsync(container, "Deaf"), "enough");

        // It never hears of it, for it does not read; the gateway does not wait for that.
        await Until.TrueAsync(() => Handles() <= before, 3 * Patience, "its connection is gone");
    }

    /// <summary>Sizes and input take different ways: asks until the size is there.</summary>
    private static Task AskedUntilAsync(AttachClient typist, AttachClient reader, string size) => Until.TrueAsync(
        async _ =>
        {
            await typist.InputAsync("\n");
            return reader.Stdout.ToString().Contains(size, StringComparison.Ordinal);
        },
        Patience,
        $"the terminal has {size}");

    private static Task<AttachClient> AttachAsync(TestContainer container, string client, int at, SessionRole role = SessionRole.Peer) =>
        container.AttachAsync(new AttachBody { Stdin = true, Stdout = true, Client = client, Role = role }, at: at);

    private async Task<SessionView> SessionAsync(TestContainer container, string client) =>
        (await Processes.Admin.SessionsAsync()).Sessions.Single(session => session.Container == container.Id && session.Client == client);
}
