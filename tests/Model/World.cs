using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using CriAttach.Model.Tests.Input;
using CriAttach.Model.Tests.Nodes;
using CriAttach.Model.Tests.Output;
using CriAttach.Model.Tests.Sessions;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Tests.Delivery;
using CriAttach.Streams;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace CriAttach.Model.Tests;

/// <summary>One episode of a run: a container, the silo that has it, gateways, viewers, typists, and the network between them.</summary>
internal sealed partial class World
{
    public const string NodeName = "n1";

    /// <summary>The connection that sessions are asked for over; viewers and typists have others.</summary>
    public const int SessionRoute = 100;

    private const int MostTypists = 4;
    private const int MostWatching = 3;
    private const int MostViewers = 20;

    private readonly List<Viewer> _viewers = [];
    private readonly List<Typist> _typists = [];
    private readonly OutputWriter _output;
    private readonly SessionModel _sessions;
    private readonly SessionCrowd _crowd;
    private readonly int _firstViewers;
    private ModelNode? _node;
    private long _epochs;
    private int _lives;
    private int _typistCount;

    public World(Run run)
    {
        Run = run;
        Settings = new Settings(run.Dice);
        Network = new Network(run);
        Stdin = new ModelStdin(run);
        Holds = new HoldWatch(run, Settings.Log);
        _output = new OutputWriter(run, Holds) { File = new OutputFile(run, ++_epochs) };
        _sessions = new SessionModel(run, Settings.Sessions);
        _crowd = new SessionCrowd(this, _sessions);
        StartNode();
        _firstViewers = run.Dice.Between(1, 4);
        for (var i = 1; i <= _firstViewers; i++)
        {
            _viewers.Add(new Viewer(run, i, mayHold: run.Dice.Below(3) > 0, this));
            _viewers[^1].Start();
        }
    }

    public static ContainerKey Container { get; } = ContainerKey.For(NodeName, "main");

    public static ContainerKey OtherContainer { get; } = ContainerKey.For(NodeName, "other");

    public Run Run { get; }

    public Settings Settings { get; }

    public Network Network { get; }

    public ModelStdin Stdin { get; }

    public HoldWatch Holds { get; }

    public OutputLosses Losses { get; } = new();

    public ModelJournal Journal { get; } = new();

    /// <summary>Gets or sets a value indicating whether a client was ever attached.</summary>
    public bool WasAttached { get; set; }

    /// <summary>Gets the file of the epoch that PID 1's output is in.</summary>
    public OutputFile File => _output.File;

    /// <summary>Gets the silo.</summary>
    /// <exception cref="NodeUnavailableException">There is none at the moment.</exception>
    public ModelNode LiveNode => _node ?? throw new NodeUnavailableException("the silo is dead");

    public static ContainerInfo InfoOf(ContainerKey key) => new()
    {
        Key = key,
        Spec = new ContainerSpec { Name = key.ContainerId, Stdin = true },
        State = ContainerState.Running,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public static bool IsNetworkFault(Exception fault) => fault is OrleansException or TimeoutException or NodeUnavailableException;

    /// <summary>What a viewer's subscriber is given.</summary>
    public SubscriberContext ContextOf(Viewer viewer, Agreement agreement) => new()
    {
        StreamId = StreamId.Create(StdioStreams.OutputNamespace, Container.ToString()),
        Owner = new OwnerProxy(this, viewer.Life, viewer.Number, agreement),
        Factory = ObserverReferences.Factory,
        Options = Settings.Delivery,
        Clock = viewer.Life,
        Logger = NullLogger.Instance,
        Closed = _ => { },
    };

    /// <summary>How much of the file a new silo has in memory at once.</summary>
    public int Preload() => Run.Dice.Pick(0, 3000, 64 * 1024);

    /// <summary>A connection owns a session now, and begins to type.</summary>
    /// <returns>Who types; none where it did not ask for input, or too many do.</returns>
    public Typist? Claimed(ClaimResult claim)
    {
        if (claim.InputProducer == Guid.Empty || _typists.Count(typist => typist is { IsOver: false, IsOffline: false }) >= MostTypists || _typistCount >= byte.MaxValue)
        {
            return null;
        }

        var number = ++_typistCount;
        _typists.Add(new Typist(Run, number, claim.ResumeWindow > TimeSpan.Zero, LineOf(number, claim)));
        return _typists[^1];
    }

    /// <summary>A connection owns a session now, and begins to read.</summary>
    /// <returns>Who reads; none where it cannot come back, or too many do.</returns>
    public Viewer? Watches(ClaimResult claim)
    {
        if (claim.Container != Container || claim.ResumeWindow == TimeSpan.Zero || _viewers.Count >= MostViewers || _viewers.Count(viewer => !viewer.IsAtRest) >= _firstViewers + MostWatching)
        {
            return null;
        }

        _viewers.Add(new Viewer(Run, _viewers.Count + 1, mayHold: Run.Dice.Below(3) > 0, this));
        _viewers[^1].Begin(claim.Epoch, claim.StartOffset);
        return _viewers[^1];
    }

    /// <summary>A client is back.</summary>
    public void Resumed(Typist typist, ClaimResult claim) => typist.Connect(LineOf(typist.Number, claim), claim.InputStart, claim.InputDoubtBefore);

    private TypistLine LineOf(int number, ClaimResult claim)
    {
        var life = new Life($"gateway of typist {number}", Run.Clock);
        return new TypistLine(claim.InputProducer, claim.InputStart, new OwnerProxy(this, life, number, agreement: null), Settings.Delivery, life);
    }

    private void StartNode()
    {
        var life = new Life($"silo {++_lives}", Run.Clock);
        Run.Note($"{life} starts");
        _node = new ModelNode(this, life, _output.File);
        _sessions.Restarted();
        Output(_node.Log);
    }

    private void Output(StdioLog log)
    {
        _output.Into(log);
        _tail = log.Tail;
    }
}
