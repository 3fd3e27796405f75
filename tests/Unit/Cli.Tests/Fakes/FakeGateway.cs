using System.Net;
using CriAttach.AdminApi;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CriAttach.Cli.Tests.Fakes;

/// <summary>A gateway of one node and any number of containers: the admin API on a unix socket, streams on loopback.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly WebApplication _app;
    private readonly Dictionary<string, ContainerView> _containers = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeGateway(DirectoryInfo directory, WebApplication app)
    {
        _directory = directory;
        _app = app;
    }

    public string Address => $"unix://{_directory.FullName}/a.sock";

    public string StreamBase { get; private set; } = "";

    public List<string> Calls { get; } = [];

    public Dictionary<RecordingView, byte[]> Recordings { get; } = [];

    /// <summary>Downloads of recordings break off in their middle.</summary>
    public bool BreaksOff { get; set; }

    public CreateContainerBody? Created { get; private set; }

    public AttachBody? Attached { get; private set; }

    /// <summary>What PID 1 does with a session that was accepted.</summary>
    public Func<FakePeer, Task> Pid1 { get; set; } = CatAsync;

    public bool AttachBeforeStart { get; init; } = true;

    public string? StartProblem { get; init; }

    public string? TicketProblem { get; set; }

    public IReadOnlyList<string> UnreachableNodes { get; init; } = [];

    public static async Task<FakeGateway> StartAsync(bool attachBeforeStart = true, string? startProblem = null, params string[] unreachable)
    {
        var directory = Directory.CreateTempSubdirectory("cli");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolver = AdminJson.Default);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.ListenUnixSocket(Path.Combine(directory.FullName, "a.sock"));
            options.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var gateway = new FakeGateway(directory, app) { AttachBeforeStart = attachBeforeStart, StartProblem = startProblem, UnreachableNodes = unreachable };
        gateway.Map();
        await app.StartAsync();
        gateway.StreamBase = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Single(address => !address.Contains("unix", StringComparison.Ordinal));
        return gateway;
    }

    /// <summary>A PID 1 that echoes until its input ends, and exits with 0.</summary>
    public static async Task CatAsync(FakePeer peer)
    {
        while (await peer.ReceiveAsync() is { Opcode: WebSocketOpcode.Binary } frame)
        {
            if (frame.Channel == StdioChannel.Close)
            {
                await peer.EndAsync(SessionStatus.Success);
                return;
            }

            if (frame.Channel == StdioChannel.Stdin)
            {
                await peer.SendAsync(StdioChannel.Stdout, frame.Content);
            }
        }
    }

    public ContainerView Add(string name, ContainerPhase state = ContainerPhase.Running, int? exitCode = null, bool stdin = true, bool tty = false)
    {
        var container = new ContainerView
        {
            Node = "n1", Id = $"{name}-0123456789abcdef", Name = name, Runtime = "process", State = state, Args = ["cat", "-n"],
            CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(3), ExitCode = exitCode, Stdin = stdin, Tty = tty,
            StartedAt = state == ContainerPhase.Created ? null : TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(3),
        };
        return _containers[container.Id] = container;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static async Task BreakOffAsync(Stream output, byte[] bytes)
    {
        await output.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await output.FlushAsync();
        throw new IOException("the node is gone");
    }

    private static IResult Problem(int status, string detail) =>
        Results.Json(new Problem { Status = status, Title = "no", Detail = detail }, AdminJson.Default, AdminRoutes.ProblemMediaType, status);

    private void Map()
    {
        _app.MapGet(AdminRoutes.Nodes, () => new NodeList
        {
            Nodes = [new NodeView { Name = "n1", Version = "1.2.3", Runtimes = ["conmon", "process"], Containers = _containers.Count }],
            UnreachableNodes = UnreachableNodes,
        });
        _app.MapGet(AdminRoutes.Containers, () => new ContainerList { Containers = [.. _containers.Values], UnreachableNodes = UnreachableNodes });
        _app.MapGet(AdminRoutes.Container, (string reference) => With(reference, Results.Ok));
        _app.MapGet(AdminRoutes.Sessions, () => new SessionList { Sessions = [], UnreachableNodes = UnreachableNodes });
        _app.MapGet(AdminRoutes.Recordings, (string? container) => new RecordingList
        {
            Recordings = [.. Recordings.Keys.Where(recording => container is null || recording.Container == container)],
            UnreachableNodes = UnreachableNodes,
        });
        _app.MapGet(AdminRoutes.Recording, (string node, string id) => Recordings.FirstOrDefault(pair => pair.Key.Id == id && pair.Key.Node == node) is not { Value: { } bytes }
            ? Problem(404, $"there is no recording {id}")
            : BreaksOff ? Results.Stream(output => BreakOffAsync(output, bytes), AdminRoutes.CastMediaType)
            : Results.Bytes(bytes, AdminRoutes.CastMediaType));
        _app.MapPost(AdminRoutes.Containers, Create);
        _app.MapPost(AdminRoutes.Start, (string reference) => With(reference, Start));
        _app.MapPost(AdminRoutes.Stop, (string reference, StopBody body) => With(reference, container =>
        {
            Calls.Add($"stop {container.Name} {body.TimeoutSeconds}");
            return Results.Ok(container);
        }));
        _app.MapDelete(AdminRoutes.Container, (string reference, bool force) => With(reference, container =>
        {
            Calls.Add($"rm {container.Name} {force}");
            _containers.Remove(container.Id);
            return Results.NoContent();
        }));
        _app.MapPost(AdminRoutes.Attach, (string reference, AttachBody body) => With(reference, container => Attach(container, body)));
        _app.MapPost(AdminRoutes.Tickets, () => TicketProblem is null
            ? Results.Json(new LoginTicket { Url = "http://127.0.0.1:8080/#login=abc", ExpiresAt = DateTimeOffset.UnixEpoch }, AdminJson.Default.LoginTicket, statusCode: 201)
            : Results.Json(
                new Problem { Status = 409, Title = "No page", Detail = TicketProblem }, AdminJson.Default.Problem, AdminRoutes.ProblemMediaType, statusCode: 409));
        _app.MapGet("/attach/{token}", StreamAsync);
    }

    private IResult With(string reference, Func<ContainerView, IResult> answer)
    {
        var container = _containers.Values.FirstOrDefault(c => c.Name == reference || c.Id == reference);
        return container is null ? Problem(404, $"no container fits '{reference}'") : answer(container);
    }

    private IResult Create(CreateContainerBody body)
    {
        Created = body;
        var container = Add(body.Name ?? "unnamed", body.StartLater ? ContainerPhase.Created : ContainerPhase.Running, stdin: body.Stdin, tty: body.Tty);
        return body.StartLater ? Results.Created("", container) : Start(container);
    }

    private IResult Start(ContainerView container)
    {
        Calls.Add($"start {container.Name}");
        if (StartProblem is not null)
        {
            return Problem(502, StartProblem);
        }

        _started.TrySetResult();
        return Results.Ok(_containers[container.Id] = container with { State = ContainerPhase.Running, StartedAt = container.CreatedAt });
    }

    private IResult Attach(ContainerView container, AttachBody body)
    {
        Calls.Add($"attach {container.Name}");
        Attached = body;
        return container.State == ContainerPhase.Running || (AttachBeforeStart && container.State == ContainerPhase.Created)
            ? Results.Ok(new AttachAnswer { Url = $"{StreamBase}/attach/{container.Id}.secret", Session = "s", Container = container })
            : Problem(409, $"{container.Name} does not run");
    }

    private async Task StreamAsync(HttpContext http, string token)
    {
        var headers = http.Response.Headers;
        headers.Upgrade = "websocket";
        headers["Sec-WebSocket-Accept"] = WebSocketHandshake.AcceptKey(http.Request.Headers["Sec-WebSocket-Key"].ToString());
        headers["Sec-WebSocket-Protocol"] = StreamProtocol.V5.Name;
        await using var stream = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        if (token.Contains("unnamed", StringComparison.Ordinal) || Created is not null)
        {
            await _started.Task;
        }

        var peer = new FakePeer(stream);
        await Pid1(peer);
        await peer.ReceiveAsync();
    }
}
