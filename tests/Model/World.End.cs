namespace CriAttach.Model.Tests;

/// <content>How an episode ends: all faults heal, PID 1 exits, and everything is accounted for.</content>
internal sealed partial class World
{
    private const int MostRounds = 600;
    private const int MostSteps = 60;

    /// <summary>Lets everything come to rest, and looks what has become of it.</summary>
    public async ValueTask EndAsync()
    {
        Run.Note("the episode ends");
        Heal();
        await GatherAsync();
        _crowd.Join();
        await RoundsAsync(2);
        for (var i = Run.Dice.Between(0, 2); i > 0; i--)
        {
            await BreakAsync();
        }

        await SendAgainAsync();

        if (Settings.StdinOnce || Run.Dice.OneIn(2))
        {
            await EndBehindOthersAsync();
        }

        _typists.ForEach(typist => typist.End());
        await DrainAsync(() => File.Length == LiveNode.Log.Head, "all output is in the log");

        // The end comes right behind bytes that nobody has yet.
        _output.Write(Run.Dice.Between(0, 4000));
        await DrainAsync(() => File.Length == LiveNode.Log.Head, "the last output is in the log");
        LiveNode.Log.Complete();
        await DrainAsync(() => _viewers.TrueForAll(viewer => viewer.IsAtRest), "all viewers are at the end");
        await ReadOutAsync();
        AccountForInput();
        _sessions.Compare(LiveNode);
        _viewers.ForEach(viewer => viewer.Life.End());
        _typists.ForEach(typist => typist.EndLife());
        LiveNode.Dispose();
        LiveNode.Life.End();
    }

    /// <summary>All who can come back, and learn what became of their input: who lost some with a silo does so with what is sent next.</summary>
    private async ValueTask GatherAsync()
    {
        await DrainAsync(() => _crowd.BringBack() && _typists.TrueForAll(typist => typist.IsIdle), "all who can are back, and all input has been taken");
        _typists.ForEach(typist => typist.Type(1));
        await DrainAsync(() => _typists.TrueForAll(typist => typist.IsIdle), "all input has been taken");
    }

    private async ValueTask ReadOutAsync() =>
        await DrainAsync(() => _typists.TrueForAll(typist => typist.IsIdle) && LiveNode.Stdin is { IsWaiting: false, IsHandedOver: true }, "all input has been read");

    /// <summary>Connections break while input is under way, and the silo may die before their clients are back, or after.</summary>
    private async ValueTask BreakAsync()
    {
        Stdin.IsDeaf = Run.Dice.OneIn(2);
        await TypeAsync();
        await TypeAsync();
        _crowd.BreakAll();
        if (Run.Dice.OneIn(3))
        {
            MayRestart();
        }

        _crowd.BringBack();
        await StepsAsync(MostSteps * 10, until: () => _crowd.IsAnySendingAgain);
        MayRestart();
        await TypeAsync();
        Stdin.IsDeaf = false;
        await GatherAsync();
    }

    /// <summary>Somebody's input is taken and not read; its connection breaks; it comes back, and the silo dies before it has what is sent again; perhaps the next one, too.</summary>
    private async ValueTask SendAgainAsync()
    {
        Stdin.IsDeaf = true;
        _typists.Find(typist => typist is { CanResume: true, IsOver: false, IsOffline: false })?.Type(Run.Dice.Between(1, 40));
        await RoundsAsync(1);
        _crowd.BreakAll();
        _crowd.BringBack();
        await StepsAsync(MostSteps * 10, until: () => _crowd.IsAnySendingAgain);
        StopNode(killed: Run.Dice.OneIn(2));
        Revive();
        await StepsAsync(Run.Dice.Between(0, MostSteps));
        await RoundsAsync(Run.Dice.Between(0, 4));
        MayRestart();
        Stdin.IsDeaf = false;
        await GatherAsync();
    }

    private async ValueTask TypeAsync()
    {
        _typists.ForEach(typist => typist.Type(Run.Dice.Between(1, 20)));
        if (Run.Dice.OneIn(2))
        {
            await StepsAsync(Run.Dice.Between(0, MostSteps));
            MayRestart();
        }

        await RoundsAsync(Run.Dice.Between(0, 3));
        await StepsAsync(Run.Dice.Between(0, MostSteps));
        MayRestart();
    }

    /// <summary>Some messages arrive, and others do not yet.</summary>
    private async ValueTask StepsAsync(int count, Func<bool>? until = null)
    {
        for (var i = 0; i < count && until?.Invoke() != true; i++)
        {
            Network.Step();
            await SettleAsync();
        }
    }

    private void MayRestart()
    {
        if (Run.Dice.OneIn(2))
        {
            StopNode(killed: Run.Dice.OneIn(2));
            Revive();
        }
    }

    /// <summary>Somebody ends its input while PID 1 does not read what it and others typed, and the silo dies; perhaps the next one, too.</summary>
    private async ValueTask EndBehindOthersAsync()
    {
        var first = _typists.Find(typist => !typist.IsOver && !typist.IsOffline);
        var others = _typists.FindAll(typist => typist != first);
        Stdin.IsDeaf = true;
        others.ForEach(typist => typist.Type(1));
        first?.Type(Run.Dice.Between(0, 1));
        await RoundsAsync(1);
        first?.End();
        await RoundsAsync(Run.Dice.Between(2, 4));
        StopNode(killed: true);
        Revive();
        if (Run.Dice.OneIn(2))
        {
            others.ForEach(typist => typist.Type(1));
            await RoundsAsync(Run.Dice.Between(1, 2));
            StopNode(killed: true);
            Revive();
        }

        Stdin.IsDeaf = false;
        await ReadOutAsync();
        AccountForEnds();
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

    private async ValueTask RoundsAsync(int rounds) => await DrainAsync(() => rounds-- == 0, "time passes");

    private async ValueTask DrainAsync(Func<bool> done, string what)
    {
        for (var round = 0; !done(); round++)
        {
            Run.ThrowIfFailed();
            if (round == MostRounds)
            {
                Run.Fail($"{round} s after everything has healed it is not so that {what}; busy: {string.Join("; ", _typists.Where(typist => !typist.IsIdle))}");
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

    /// <summary>Who was told that its end was taken finds PID 1's input closed, where that is what an end does.</summary>
    private void AccountForEnds() =>
        Run.Check(Stdin.IsClosed || !Settings.StdinOnce || !_typists.Exists(typist => typist.HasEnded), "a typist has ended its input, and PID 1's is open");

    /// <summary>Every byte of input has reached PID 1, or its typist was told of doubt.</summary>
    private void AccountForInput()
    {
        AccountForEnds();
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
