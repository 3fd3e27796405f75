namespace CriAttach.Model.Tests;

/// <content>How an episode ends: all faults heal, PID 1 exits, and everything is accounted for.</content>
internal sealed partial class World
{
    private const int MostRounds = 600;

    /// <summary>Lets everything come to rest, and looks what has become of it.</summary>
    public async ValueTask EndAsync()
    {
        Run.Note("the episode ends");
        Heal();
        await DrainAsync(() => _typists.TrueForAll(typist => typist.IsIdle), "all input has been taken");

        // Who lost input with a silo learns it with what is sent next.
        _typists.ForEach(typist => typist.Type(1));
        await DrainAsync(() => _typists.TrueForAll(typist => typist.IsIdle), "all input has been taken");
        if (Run.Dice.OneIn(3))
        {
            StopNode(killed: Run.Dice.OneIn(2));
            Revive();
        }

        _typists.ForEach(typist => typist.End());
        await DrainAsync(() => File.Length == LiveNode.Log.Head, "all output is in the log");
        LiveNode.Log.Complete();
        await DrainAsync(() => _viewers.TrueForAll(viewer => viewer.IsDone), "all viewers are at the end");
        await DrainAsync(() => _typists.TrueForAll(typist => typist.IsIdle) && LiveNode.Stdin is { IsWaiting: false, IsHandedOver: true }, "all input has been read");
        AccountForInput();
        _sessions.Compare(LiveNode);
        _viewers.ForEach(viewer => viewer.Life.End());
        _typists.ForEach(typist => typist.Life.End());
        LiveNode.Dispose();
        LiveNode.Life.End();
    }

    private void Heal()
    {
        Network.IsCalm = true;
        for (var route = 0; route <= byte.MaxValue; route++)
        {
            Network.Cut(route, cut: false);
        }

        foreach (var viewer in _viewers)
        {
            viewer.IsSlow = false;
            viewer.Read();
        }

        if (_node is null)
        {
            Revive();
        }

        Stdin.IsDeaf = false;
    }

    private async ValueTask DrainAsync(Func<bool> done, string what)
    {
        for (var round = 0; !done(); round++)
        {
            Run.ThrowIfFailed();
            if (round == MostRounds)
            {
                Run.Fail($"{round} s after everything has healed it is not so that {what}");
                return;
            }

            for (var i = 0; i < 20_000 && !Network.IsEmpty; i++)
            {
                Network.Step();
                File.Step();
                await SettleAsync();
            }

            File.Step();
            LiveNode.Stdin.Read();
            foreach (var viewer in _viewers)
            {
                viewer.Read();
                viewer.ComeBack();
            }

            await PassAsync(CoarseTick);
        }
    }

    /// <summary>Every byte of input has reached PID 1, or its typist was told of doubt.</summary>
    private void AccountForInput()
    {
        Run.Check(Stdin.IsClosed || !Settings.StdinOnce || !_typists.Exists(typist => typist.HasEnded), "a typist has ended its input, and PID 1's is open");
        foreach (var typist in _typists)
        {
            if (Stdin.IsClosed)
            {
                continue;
            }

            foreach (var (number, from, to) in Stdin.Missing.Append((typist.Number, Stdin.NextOf(typist.Number), typist.Sent)))
            {
                Run.Check(number != typist.Number || typist.Knows(from, to), $"PID 1 has not got {from} to {to} of typist {typist.Number}, who was not told");
            }
        }
    }
}
