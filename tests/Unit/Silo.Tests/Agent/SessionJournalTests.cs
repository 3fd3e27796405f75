using System.Text.Json.Nodes;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Silo.Agent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Tests.Agent;

public sealed class SessionJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory["sessions.jsonl"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Reopened_NewestStateOfEachIsThereAndEndedAreNot()
    {
        using (var journal = Open())
        {
            journal.Load();
            journal.Write(Record("a", SessionState.Issued));
            journal.Write(Record("b", SessionState.Issued));
            journal.Write(Record("c", SessionState.Issued));
            journal.Write(Claimed("a"));
            journal.Write(Record("b", SessionState.Ended));
        }

        using var again = Open();
        var loaded = again.Load().ToDictionary(record => record.Info.Key.Id);
        Assert.Equal(["a", "c"], loaded.Keys.Order());
        Assert.Equivalent(Claimed("a"), loaded["a"], strict: true);
        Assert.Equivalent(Record("c", SessionState.Issued), loaded["c"], strict: true);
    }

    [Fact]
    public void LineOfTheReleaseBefore_WithoutWhatIsNew_IsASessionThatCannotBeResumed()
    {
        using (var journal = Open())
        {
            journal.Load();
            journal.Write(Claimed("a"));
        }

        var line = JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject();
        line.Remove("ResumeIds");
        line.Remove("resumeIds");
        foreach (var (_, claim) in line.Where(pair => pair.Key.Equals("claim", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            foreach (var known in claim!.AsObject().Select(pair => pair.Key).Where(key => key.Equals("SessionId", StringComparison.OrdinalIgnoreCase) || key.Equals("PodNamespace", StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                claim.AsObject().Remove(known);
            }
        }

        File.WriteAllText(FilePath, line.ToJsonString() + "\n");
        using var again = Open();
        var record = Assert.Single(again.Load());
        Assert.Empty(record.ResumeIds);
        Assert.Equal(("", ""), (record.Claim!.SessionId, record.Claim.PodNamespace));
    }

    [Fact]
    public void LastLineTorn_TheOthersAreThere()
    {
        using (var journal = Open())
        {
            journal.Write(Record("a", SessionState.Issued));
            journal.Write(Record("b", SessionState.Issued));
        }

        var bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, bytes[..^20]);
        using (var journal = Open())
        {
            Assert.Equal("a", Assert.Single(journal.Load()).Info.Key.Id);
            journal.Write(Record("c", SessionState.Issued));
        }

        using var again = Open();
        Assert.Equal(["a", "c"], again.Load().Select(record => record.Info.Key.Id).Order());
    }

    [Fact]
    public void ManySessionsComeAndGo_FileStaysSmall()
    {
        using var journal = Open();
        journal.Write(Record("stays", SessionState.Issued));
        for (var i = 0; i < 10_000; i++)
        {
            journal.Write(Record($"s{i}", SessionState.Issued));
            journal.Write(Record($"s{i}", SessionState.Ended));
        }

        Assert.InRange(File.ReadLines(FilePath).Count(), 1, 1100);
        Assert.Equal("stays", Assert.Single(journal.Load()).Info.Key.Id);
    }

    [Fact]
    public void File_IsForItsOwnerOnly()
    {
        using var journal = Open();
        journal.Write(Record("a", SessionState.Issued));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    private static SessionRecord Record(string id, SessionState state) => new()
    {
        Info = new SessionInfo
        {
            Key = SessionKey.For("n1", id),
            Container = ContainerKey.For("n1", "c1"),
            Streams = new AttachStreams { Stdin = true, Stdout = true, Stderr = false, Tty = true },
            State = state,
            IssuedAt = Now,
            ExpiresAt = Now.AddMinutes(1),
        },
        ReplayBytes = 17,
    };

    private static SessionRecord Claimed(string id) => Record(id, SessionState.Claimed) with
    {
        Nonce = new Guid("11111111-2222-3333-4444-555555555555"),
        Claim = new ClaimResult { Outcome = ClaimOutcome.Claimed, Container = ContainerKey.For("n1", "c1"), StartOffset = 42, Epoch = 7 },
        First = new SessionPosition { Epoch = 6, Offset = 21, Input = 3 },
        InputTaken = 9,
    };

    private SessionJournal Open() => new(Options.Create(new NodeOptions { StateDirectory = _directory.Path }), NullLogger<SessionJournal>.Instance);
}
