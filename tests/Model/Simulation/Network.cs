namespace CriAttach.Model.Tests.Simulation;

/// <summary>
/// All messages between the processes of a run. Each waits until the run lets it go on: late, early, twice or not at all. What Orleans
/// promises holds: a call is answered or fails, and one that failed may have been carried out.
/// </summary>
internal sealed class Network(Run run)
{
    private readonly List<Packet> _underWay = [];
    private readonly List<Packet> _late = [];
    private readonly List<Call> _open = [];
    private readonly HashSet<int> _cut = [];

    /// <summary>Gets a value indicating whether nothing is under way.</summary>
    public bool IsEmpty => _underWay.Count + _late.Count == 0;

    /// <summary>Gets or sets a value indicating whether every message arrives once, in order.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Sends a call.</summary>
    /// <param name="name">What it is, for the record.</param>
    /// <param name="from">Who calls.</param>
    /// <param name="route">Over which gateway's connection.</param>
    /// <param name="patience">When the caller gives up.</param>
    /// <param name="effect">What it does at the far end.</param>
    /// <param name="again">The effect of a repetition; none where it is the same.</param>
    public Task<T> CallAsync<T>(string name, Life from, int route, TimeSpan patience, Func<Task<T>> effect, Func<Func<Task<T>>>? again = null)
    {
        var deadline = run.Clock.GetTimestamp() + (long)(patience.TotalSeconds * run.Clock.TimestampFrequency);
        var call = new Call<T>(effect, again ?? (() => effect)) { Name = name, From = from, Route = route, Deadline = deadline };
        _open.Add(call);
        _underWay.Add(new Packet(call, IsAnswer: false));
        return call.Result;
    }

    /// <summary>Cuts a gateway off, or connects it again.</summary>
    public void Cut(int route, bool cut)
    {
        if (cut ? _cut.Add(route) : _cut.Remove(route))
        {
            run.Note($"gateway {route} {(cut ? "is cut off" : "is connected")}");
        }
    }

    /// <summary>One message meets its fate.</summary>
    public void Step()
    {
        if (_late.Count > 0 && (IsCalm || run.Dice.OneIn(50)))
        {
            _underWay.Add(_late[0]);
            _late.RemoveAt(0);
        }

        if (_underWay.Count == 0)
        {
            return;
        }

        var at = IsCalm || run.Dice.OneIn(3) ? 0 : run.Dice.Below(_underWay.Count);
        var packet = _underWay[at];
        if (_cut.Contains(packet.Call.Route))
        {
            return;
        }

        _underWay.RemoveAt(at);
        Meet(packet, IsCalm ? 99 : run.Dice.Below(100));
    }

    /// <summary>A process is dead: what it waited for concerns nobody, and what it sent may or may not have left it.</summary>
    public void Forget(Life dead, bool callee)
    {
        foreach (var packets in (List<Packet>[])[_underWay, _late])
        {
            packets.RemoveAll(packet => (packet.Call.From == dead || callee) && run.Dice.OneIn(2));
        }

        _open.RemoveAll(call => call.From == dead);
    }

    /// <summary>Time has passed: callers whose patience is over learn that their call failed.</summary>
    public void TimeOut()
    {
        var now = run.Clock.GetTimestamp();
        for (var i = 0; i < _open.Count; i++)
        {
            var call = _open[i];
            if (call.IsOver || now >= call.Deadline)
            {
                _open.RemoveAt(i--);
                if (!call.IsOver)
                {
                    run.Note($"{call.Name} times out");
                    call.Fail(new TimeoutException($"{call.Name} was not answered in time"));
                }
            }
        }
    }

    private void Meet(Packet packet, int fate)
    {
        var (call, isAnswer) = packet;
        var part = isAnswer ? "answer to " : "";
        switch (fate)
        {
            case < 3:
                run.Note($"{part}{call.Name} is lost");
                break;
            case < 6:
                run.Note($"{part}{call.Name} is lost, and its caller told");
                Fail(call, new SiloUnavailableException("the connection broke"));
                break;
            case < 10 when !isAnswer:
                run.Note($"{call.Name} is doubled");
                _underWay.Add(new Packet(call.Again(), IsAnswer: false));
                CarryOut(call);
                break;
            case < 13:
                run.Note($"{part}{call.Name} is held up");
                _late.Add(packet);
                break;
            default:
                run.Note($"{part}{call.Name} arrives");
                if (!isAnswer)
                {
                    CarryOut(call);
                }
                else if (!call.From.IsOver)
                {
                    call.Answer();
                }

                break;
        }
    }

    private static void Fail(Call call, Exception fault)
    {
        if (!call.From.IsOver)
        {
            call.Fail(fault);
        }
    }

    private void CarryOut(Call call) => call.CarryOut(() => _underWay.Add(new Packet(call, IsAnswer: true)));
}
