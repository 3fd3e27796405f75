using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using CriAttach.Model.Tests.Simulation;

namespace CriAttach.Model.Tests.Sessions;

/// <summary>Gateways that ask for sessions, and clients that come with their tokens: several for one token, the same one again, too late, or never.</summary>
internal sealed class SessionCrowd(World world, SessionModel model)
{
    private const int MostClients = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly List<SessionClient> _clients = [];
    private readonly Life _life = new("session gateway", world.Run.Clock);
    private readonly int _route = World.SessionRoute;
    private int _opened;
    private TimeSpan _renewed;

    private Run Run => world.Run;

    /// <summary>Something of what clients and gateways do.</summary>
    public void Step()
    {
        switch (Run.Dice.Below(16))
        {
            case < 2:
                _clients.Add(new SessionClient($"s{++_opened:D6}", Run.Dice.Guid()));
                Open(_clients[^1]);
                if (_clients.Count > MostClients)
                {
                    _clients.RemoveAt(0);
                }

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
                Any().IsHeld = false;
                break;
            default:
                model.Compare(world.LiveNode);
                break;
        }
    }

    /// <summary>Once a second: the gateway renews what it holds.</summary>
    public void Tick()
    {
        var held = _clients.Where(client => client.IsHeld).ToArray();
        if (held.Length == 0 || Run.Now - _renewed < TimeSpan.FromSeconds(1))
        {
            return;
        }

        _renewed = Run.Now;
        var lease = new SessionLease { Gateway = "g", Sessions = [.. held.Select(client => client.Id)] };
        _ = RenewAsync(lease, held);
    }

    private async Task RenewAsync(SessionLease lease, SessionClient[] held)
    {
        try
        {
            var over = await CallAsync("renew sessions", () => model.Renew(world.LiveNode, lease));
            foreach (var client in held.Where(client => over.Any(one => one.Session == client.Id)))
            {
                client.IsHeld = false;
            }
        }
        catch (Exception fault) when (World.IsNetworkFault(fault))
        {
            Run.Note("sessions are not renewed");
        }
    }

    private SessionClient Any() => _clients[Run.Dice.Below(_clients.Count)];

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
        var answer = await AskAsync($"claim {client.Id}", () => model.Claim(world.LiveNode, client.Id, new ClaimRequest { Nonce = nonce, Gateway = "g" }));
        if (answer?.Outcome != ClaimOutcome.Claimed)
        {
            return;
        }

        Run.Check((client.Winner ?? nonce) == nonce, $"two connections were told that session {client.Id} is theirs");
        Run.Check((client.Claim ?? answer) == answer, $"the winner of session {client.Id} was answered differently");
        if (client.Winner is null)
        {
            (client.Winner, client.Claim, client.IsHeld) = (nonce, answer, true);
            world.Claimed(answer);
        }
    }

    private void End(SessionClient client, EndCause cause)
    {
        client.IsHeld = false;
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
