using CriAttach.Grains.Ports;
using CriAttach.Grains.Sessions;
using CriAttach.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CriAttach.Grains.Tests.Sessions;

/// <summary>A session table on a node with one container, and the restart of its silo.</summary>
public abstract class SessionTableTest : IDisposable
{
    private protected SessionTableTest(ISessionRecorder? recorder = null)
    {
        Container = new StillContainer("c1", Clock);
        Node.Add(Container);
        Table = Begin(recorder);
    }

    private protected SettableClock Clock { get; } = new();

    private protected MemoryJournal Journal { get; } = new();

    private protected StillNode Node { get; } = new();

    private protected StillContainer Container { get; }

    private protected SessionOptions Settings { get; } = new();

    private protected SessionTable Table { get; private set; }

    public void Dispose()
    {
        Table.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Restart(ISessionRecorder? recorder = null)
    {
        Table.Dispose();
        Table = Begin(recorder);
    }

    private SessionTable Begin(ISessionRecorder? recorder) =>
        new(Node, Journal, Options.Create(Settings), Clock, NullLogger<SessionTable>.Instance, recorder);
}
