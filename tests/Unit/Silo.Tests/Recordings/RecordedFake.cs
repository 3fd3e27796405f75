using System.Text;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Recordings;
using CriAttach.Streams;
using CriAttach.Streams.Log;
using CriAttach.Wire.Asciicast;
using CriAttach.Wire.Recordings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CriAttach.Silo.Tests.Recordings;

/// <summary>A node's recorder with one container, whose PID 1 is the test.</summary>
internal sealed class RecordedFake : IRuntimeContainer
{
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RecordedFake(RecordingOptions options, TimeProvider? clock = null, StdioLogOptions? log = null)
    {
        Options = options;
        var clockOrSystem = clock ?? TimeProvider.System;
        Info = new ContainerInfo
        {
            Key = ContainerKey.For("n1", new string('c', 64)),
            Spec = new ContainerSpec { Name = "shell", Tty = true, PodNamespace = "prod", PodName = "web-0" },
            State = ContainerState.Running,
            CreatedAt = clockOrSystem.GetUtcNow(),
        };
        Output = new StdioLog(log ?? new StdioLogOptions(), epoch: 7);
        Stdio = new StdioEndpoint(Info.Key, Output, null);
        Store = new RecordingStore(Microsoft.Extensions.Options.Options.Create(options), clockOrSystem, NullLogger<RecordingStore>.Instance);
        Store.Open();
        Recorder = new SessionRecorder(new RecorderServices(Store, Microsoft.Extensions.Options.Options.Create(options), clockOrSystem, NullLogger<ContainerRecording>.Instance));
        Recorder.OnFailure((_, reason) => _failed.TrySetResult(reason));
    }

    public RecordingOptions Options { get; }

    public RecordingStore Store { get; }

    public SessionRecorder Recorder { get; }

    public StdioLog Output { get; }

    /// <summary>Gets why sessions had to be ended.</summary>
    public Task<string> Failed => _failed.Task;

    public ContainerInfo Info { get; private set; }

    public StdioEndpoint Stdio { get; private set; }

    public bool WasAttached => true;

    public Task Exited => _exited.Task;

    public void Write(string text, StdioStream stream = StdioStream.Stdout) => Output.Append(stream, Encoding.UTF8.GetBytes(text));

    public void Attach(string id, long? offset = 0) => Recorder.Attached(this, Session(id), offset);

    public void Leave(string id, EndCause cause = EndCause.ClientDetached) => Recorder.Left(Session(id) with { State = SessionState.Ended, Cause = cause });

    public void Exit(int code)
    {
        Info = Info with { State = ContainerState.Exited, ExitCode = code };
        Output.Complete();
        _exited.SetResult();
    }

    public void MoveTo(StdioLog output)
    {
        Stdio = new StdioEndpoint(Info.Key, output, null);
        Output.Dispose();
    }

    /// <summary>The newest recording as people get it, once it is over.</summary>
    public async Task<IReadOnlyList<AsciicastLine>> ReadAsync()
    {
        await Recorder.CompletionOf(Info.Key.ContainerId).WaitAsync(TimeSpan.FromSeconds(30));
        return await ReadAsync(Store.List("").MaxBy(info => info.StartedAt)!.Id);
    }

    public async Task<IReadOnlyList<AsciicastLine>> ReadAsync(string id)
    {
        var bytes = await BytesAsync(id);
        using var verifier = new ChainVerifier(RecordingKey.Read(Options.HmacKeyFile));
        verifier.BeginFile();
        verifier.Append(bytes);
        var verdict = verifier.Complete();
        Assert.True(verdict.State == ChainState.Intact, verdict.Message);
        var lines = new List<AsciicastLine>();
        var reader = new AsciicastReader();
        ReadOnlyMemory<byte> rest = bytes;
        while (reader.TryRead(ref rest, out var line))
        {
            lines.Add(line);
        }

        Assert.True(rest.IsEmpty);
        return lines;
    }

    public async Task<byte[]> BytesAsync(string id)
    {
        var bytes = new List<byte>();
        while (true)
        {
            var page = await Recorder.ReadAsync(id, bytes.Count);
            bytes.AddRange(page.Data.Span);
            Assert.Equal(bytes.Count, page.Next);
            if (page.AtEnd)
            {
                return [.. bytes];
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void MarkAttached()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SessionInfo Session(string id) => new()
    {
        Key = SessionKey.For("n1", id),
        Container = Info.Key,
        Streams = new AttachStreams { Stdin = false, Stdout = true, Stderr = true, Tty = true },
        State = SessionState.Claimed,
        IssuedAt = default,
        ExpiresAt = default,
    };
}
