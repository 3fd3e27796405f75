using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using CriAttach.Model.Tests.Simulation;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>
/// Gateways that ask for sessions, and clients that come with their tokens: several for one token, the same one again, too late, or never. Their connections
/// break, with or without their gateways' notice, and some come back by another gateway.
/// </summary>
internal sealed class SessionCrowd(World world, SessionModel model)
{
    private const int MostClients = 60;
    private const int Newcomers = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly string[] Gateways = ["g", "h"];

    private readonly List<SessionClient> _clients = [];
    private readonly Life _life = new("session gateway", world.Run.Clock);
    private readonly int _route = World.SessionRoute;
    private int _opened;
    private TimeSpan _renewed;

    /// <summary>Gets a value indicating whether one of those who can come back is there, and waits for word of what it sent.</summary>
    public bool IsAnySendingAgain => _clients.Exists(client => client is { CanResume: true, Connection: not null, Typist: { IsOffline: false, IsIdle: false } });

    private bool IsIdle => _clients.TrueForAll(client => client.Attempt is null);

    private Run Run => world.Run;

    /// <summary>Something of what clients and gateways do.</summary>
    public void Step()
    {
        switch (Run.Dice.Below(20))
        {
            case < 2:
                Open(Newcomer(oneIn: 2));
                break;
            case 2 when _clients.Count > 0 && Any() is { IsOpen: false } again:
                Open(again);
                break;
            case < 11 when _clients.Count > 0 && Recent() is { IsOpen: true } client:
                Claim(client, Run.Dice.OneIn(3) ? Run.Dice.Guid() : client.Nonce);
                break;
            case 11 when _clients.Count > 0:
                End(Any(), Run.Dice.Pick(EndCause.ClientDetached, EndCause.ClientGone, EndCause.IdleTimeout, EndCause.EndedByOperator));
                break;
            case 12 when _clients.Count > 0 && Run.Dice.OneIn(4):
                Any().Holders.Clear();
                break;
            case 13 when _clients.Count > 0 && Any() is { Connection: not null } client:
                Break(client);
                break;
            case < 17 when _clients.Count > 0 && Any() is { CanResume: true, Claim: not null } client:
                Resume(client);
                break;
            case < 19 when Reader() is { Attempt: null } client:
                if (client.Connection is null)
                {
                    Resume(client);
                }
                else if (Run.Dice.OneIn(3))
                {
                    Break(client);
                }

                break;
            default:
                model.Compare(world.LiveNode);
                break;
        }
    }

    /// <summary>Once a second: the gateway renews what it holds.</summary>
    public void Tick()
    {
        var held = _clients.Where(client => client.Holders.Count > 0).ToArray();
        if (held.Length == 0 || Run.Now - _renewed < TimeSpan.FromSeconds(1))
        {
            return;
        }

        _renewed = Run.Now;
        foreach (var gateway in Gateways)
        {
            var renewed = held.Where(client => client.Holders.Contains(gateway)).ToArray();
            _ = RenewAsync(new SessionLease { Gateway = gateway, Sessions = [.. renewed.Select(client => client.Id)] }, renewed);
        }
    }

    /// <summary>Sends those back who are not there and whose tokens must be good.</summary>
    /// <returns>Whether all of them are there, and nobody is under way.</returns>
    public bool BringBack()
    {
        var away = _clients.FindAll(client =>
            client is { CanResume: true, Claim: not null, IsHonest: true, AttemptsBefore: <= ModelSession.MostUnused } && model.IsAlive(client.Id) && IsAway(client));
        away.FindAll(client => client.Attempt is null).ForEach(Resume);
        return away.Count == 0 && IsIdle;
    }

    /// <summary>All connections of those who can come back break.</summary>
    public void BreakAll() => _clients.FindAll(client => client.CanResume && client.Connection is not null).ForEach(Break);

    /// <summary>Some more come, and claim their sessions at once; most of them can be relied on to come back.</summary>
    public void Join()
    {
        for (var i = 0; i < Newcomers; i++)
        {
            _ = JoinAsync(Newcomer(oneIn: 10));
        }
    }

    /// <param name="oneIn">One in so many cannot come back, or does not do so in good order.</param>
    private SessionClient Newcomer(int oneIn)
    {
        _clients.Add(new SessionClient($"s{++_opened:D6}", Run.Dice.Guid(), canResume: !Run.Dice.OneIn(oneIn), isHonest: !Run.Dice.OneIn(oneIn)));
        if (_clients.Count > MostClients)
        {
            _clients.RemoveAt(0);
        }

        return _clients[^1];
    }

    private async Task JoinAsync(SessionClient client)
    {
        await OpenAsync(client);
        if (client.IsOpen)
        {
            await ClaimAsync(client, client.Nonce);
        }
    }

    private async Task RenewAsync(SessionLease lease, SessionClient[] held)
    {
        try
        {
            var over = await CallAsync($"renew sessions of {lease.Gateway}", () => model.Renew(world.LiveNode, lease));
            foreach (var client in held.Where(client => over.Any(one => one.Session == client.Id)))
            {
                client.Holders.Remove(lease.Gateway);
            }
        }
        catch (Exception fault) when (World.IsNetworkFault(fault))
        {
            Run.Note("sessions are not renewed");
        }
    }

    private SessionClient Any() => _clients[Run.Dice.Below(_clients.Count)];

    /// <summary>One of those who read, if there are any.</summary>
    private SessionClient? Reader()
    {
        var readers = _clients.FindAll(client => client.Viewer is not null && model.IsAlive(client.Id));
        return readers.Count == 0 ? null : readers[Run.Dice.Below(readers.Count)];
    }

    private SessionClient Recent() => _clients[Math.Max(0, _clients.Count - 1 - Run.Dice.Below(4))];

    private void Open(SessionClient client) => _ = OpenAsync(client);

    private async Task OpenAsync(SessionClient client)
    {
        var other = int.Parse(client.Id.AsSpan(1), null) % 4 == 0;
        var container = other ? World.OtherContainer : World.Container;
        var request = new OpenSessionRequest
        {
            SessionId = client.Id,
            Streams = new AttachStreams { Stdin = !other, Stdout = true, Stderr = true, Tty = true },
            Replay = Run.Dice.Pick(Replay.Unseen, Replay.None, Replay.Tail, Replay.All),
            ReplayBytes = 1000,
        };

        // A message to a silo does not go to the next one: its connection is gone.
        var node = world.LiveNode;
        var opened = await AskAsync($"open {client.Id}", () => world.LiveNode != node
            ? throw new SiloUnavailableException("another silo")
            : node.Agent.Find(container.ContainerId) is null ? null : model.Open(node, client.Id, container, request));
        client.IsOpen |= opened is not null;
    }

    private void Claim(SessionClient client, Guid nonce) => _ = ClaimAsync(client, nonce);

    private async Task ClaimAsync(SessionClient client, Guid nonce)
    {
        var gateway = Run.Dice.Pick(Gateways);
        var request = new ClaimRequest { Nonce = nonce, Gateway = gateway, ResumeId = client.TokenOf(nonce) };
        var answer = await AskAsync($"claim {client.Id}", () => model.Claim(world.LiveNode, client.Id, request));
        if (answer?.Outcome != ClaimOutcome.Claimed)
        {
            return;
        }

        Run.Check((client.Winner ?? nonce) == nonce, $"two connections were told that session {client.Id} is theirs");
        Run.Check((client.Claim ?? answer) == answer, $"the winner of session {client.Id} was answered differently");
        if (client.Winner is null)
        {
            (client.Winner, client.Claim, client.Connection) = (nonce, answer, nonce);
            client.Tokens.Add(request.ResumeId);
            client.Holders.Add(gateway);
            client.Typist = world.Claimed(answer);
            client.Viewer = world.Watches(answer);
        }
    }

    /// <summary>A connection breaks; its gateway notices, dies with it, or does not notice.</summary>
    private void Break(SessionClient client)
    {
        var connection = client.Connection!.Value;
        client.Connection = null;
        if (client.Claim!.ResumeWindow > TimeSpan.Zero)
        {
            client.Typist?.Disconnect();
        }

        var fate = Run.Dice.Below(3);
        client.Viewer?.Part(noticed: fate == 0);
        switch (fate)
        {
            case 0:
                client.Holders.Clear();
                Leave(client, connection, Run.Dice.Pick(EndCause.ClientGone, EndCause.ClientGone, EndCause.GatewayDraining, EndCause.ClientDetached));
                break;
            case 1:
                client.Holders.Clear();
                break;
        }
    }

    /// <summary>A client that has lost its connection, or finds it useless, comes with the newest token that it was told, or now and then with one from before; again when it hears nothing.</summary>
    private void Resume(SessionClient client)
    {
        if (IsAway(client))
        {
            if (client.Connection is not null)
            {
                client.Connection = null;
                client.Viewer?.Part(noticed: Run.Dice.OneIn(2));
            }

            _ = ResumeAsync(client, Run.Dice.Guid(), Run.Dice.Pick(Gateways));
        }
    }

    private async Task ResumeAsync(SessionClient client, Guid attempt, string gateway)
    {
        var token = client.IsHonest || Run.Dice.OneIn(2) ? client.Tokens[^1] : client.Tokens[Run.Dice.Below(client.Tokens.Count)];
        var request = new ClaimRequest
        {
            Nonce = attempt,
            Gateway = gateway,
            ResumeId = client.TokenOf(attempt),
            From = PlaceOf(client),
        };
        client.Attempt = attempt;
        client.Attempts++;
        client.Tokens.Insert(0, request.ResumeId);
        var answer = await AskAsync($"resume {client.Id}", () => model.Resume(world.LiveNode, client.Id, token, request, mustLive: client is { IsHonest: true, AttemptsBefore: <= ModelSession.MostUnused } && token == client.Tokens[^1]));
        if (answer?.Outcome == ClaimOutcome.Claimed && client.Attempt != attempt)
        {
            Leave(client, attempt, EndCause.ClientGone);
        }
        else if (answer?.Outcome == ClaimOutcome.Claimed)
        {
            (client.Connection, client.AttemptsBefore, client.Attempts) = (attempt, client.Attempts, 0);
            client.Tokens.Add(request.ResumeId);
            client.Holders.Add(gateway);
            if (client.Typist is { } typist)
            {
                world.Resumed(typist, answer);
            }

            client.Viewer?.Begin(answer.Epoch, answer.StartOffset);
        }

        client.Attempt = client.Attempt == attempt ? null : client.Attempt;
    }

    /// <summary>Where the client says it is: where it is if it reads, or anywhere.</summary>
    private SessionPosition PlaceOf(SessionClient client)
    {
        var first = client.Claim!;
        var (epoch, offset) = client.Viewer?.Place ?? (Run.Dice.Pick(0, first.Epoch, first.Epoch, first.Epoch + 1), Run.Dice.Below(100_000));
        return new SessionPosition { Epoch = epoch, Offset = offset, Input = client.Typist?.Sent ?? 0 };
    }

    private bool IsAway(SessionClient client) => client.Connection is null || (client.Typist?.IsOffline == true && !world.Stdin.IsClosed);

    private void Leave(SessionClient client, Guid connection, EndCause cause) => _ = AskAsync($"leave {client.Id} as {cause}", () =>
    {
        model.Leave(world.LiveNode, client.Id, connection, cause);
        return client;
    });

    private void End(SessionClient client, EndCause cause)
    {
        client.Holders.Clear();
        _ = AskAsync($"end {client.Id}", () => (object)model.End(world.LiveNode, client.Id, cause));
    }

    private async Task<T?> AskAsync<T>(string what, Func<T?> effect)
        where T : class
    {
        try
        {
            return await CallAsync(what, effect);
        }
        catch (Exception fault) when (World.IsNetworkFault(fault) || fault is InvalidOperationException or Interfaces.Faults.TooManySessionsException)
        {
            Run.Note($"{what} failed: {fault.GetType().Name}");
            return null;
        }
    }

    private Task<T> CallAsync<T>(string what, Func<T> effect) =>
        world.Network.CallAsync(what, _life, _route, Patience, () => Task.FromResult(effect()));
}
