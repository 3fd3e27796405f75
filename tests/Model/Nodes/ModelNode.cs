using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Containers;
using CriAttach.Model.Tests.Input;
using CriAttach.Model.Tests.Output;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>One life of the silo: the real log, subscriptions, input queue and session table around a container and another one.</summary>
internal sealed class ModelNode : IStdioEndpoints
{
    private readonly World _world;
    private readonly ModelContainer _container;

    public ModelNode(World world, Life life, OutputFile file)
    {
        var settings = world.Settings;
        _world = world;
        Life = life;
        File = file;
        Stdin = new NodeStdin(world.Stdin, world.Run, life);
        Log = MakeLog(world.Preload());
        Queue = new StdinQueue(Stdin, Log, settings.Stdin, settings.StdinOnce, life);
        Subscriptions = new OutputSubscriptions(Options.Create(settings.Delivery), life, NullLogger<OutputSubscription>.Instance);
        Owner = new StdioOwner(ContainerContext.Of(World.Container.ToString()), this, Subscriptions);
        _container = new ModelContainer(World.InfoOf(World.Container), new StdioEndpoint(World.Container, Log, Queue), world.WasAttached, () => world.WasAttached = true);
        Agent.Add(_container);
        var quiet = new StdioLog(settings.Log, epoch: 1, clock: life);
        Agent.Add(new ModelContainer(World.InfoOf(World.OtherContainer), new StdioEndpoint(World.OtherContainer, quiet, null), attached: true, () => { }));
        Sessions = new SessionTable(Agent, world.Journal, Options.Create(settings.Sessions), life, NullLogger<SessionTable>.Instance);
    }

    public Life Life { get; }

    public ModelAgent Agent { get; } = new();

    public OutputFile File { get; private set; }

    public StdioLog Log { get; private set; }

    public NodeStdin Stdin { get; }

    public StdinQueue Queue { get; }

    public OutputSubscriptions Subscriptions { get; }

    public StdioOwner Owner { get; }

    public SessionTable Sessions { get; }

    public StdioEndpoint? Find(ContainerKey key) => key == World.Container ? _container.Stdio : null;

    /// <summary>Continuity is lost while the silo lives: the output goes on in another log.</summary>
    public void Replace(OutputFile file)
    {
        var old = Log;
        File = file;
        Log = MakeLog(0);
        Queue.MoveTo(Log);
        _container.Stdio = new StdioEndpoint(World.Container, Log, Queue);
        old.Dispose();
    }

    /// <summary>The silo ends in good order.</summary>
    public void Dispose()
    {
        Sessions.Dispose();
        Subscriptions.Dispose();
        Queue.Dispose();
        Log.Dispose();
    }

    /// <summary>A log that goes on where the file ends, its newest bytes already in memory.</summary>
    private StdioLog MakeLog(int preload)
    {
        var start = Math.Max(File.Tail, File.Length - preload);
        var log = new StdioLog(_world.Settings.Log, File.Epoch, start, _world.Settings.HasFile ? File : null, Life);
        while (log.Head < File.Length)
        {
            var count = (int)Math.Min(OutputBytes.RunAt(log.Head), File.Length - log.Head);
            log.Append(OutputBytes.StreamAt(log.Head), OutputBytes.At(File.Epoch, log.Head, count));
        }

        return log;
    }
}
