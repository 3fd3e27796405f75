using CriAttach.Model.Tests.Output;
using CriAttach.Model.Tests.Simulation;

namespace CriAttach.Model.Tests;

/// <content>What can happen.</content>
internal sealed partial class World
{
    private static readonly TimeSpan CoarseTick = TimeSpan.FromSeconds(1);

    private long _tail;

    /// <summary>One thing happens, and everything that follows from it at once.</summary>
    public async ValueTask StepAsync()
    {
        var dice = Run.Dice;
        switch (dice.Below(1000))
        {
            case < 250:
                _output.Write(dice.OneIn(10) ? dice.Between(1, 16_000) : dice.Between(1, 1500));
                break;
            case < 620:
                for (var i = dice.Between(1, 3); i > 0; i--)
                {
                    Network.Step();
                }

                break;
            case < 700:
                File.Step();
                break;
            case < 780:
                Pick(_viewers)?.Read();
                break;
            case < 850:
                Pick(_typists)?.Type(dice.OneIn(6) ? dice.Between(1, 400) : dice.Between(1, 20));
                break;
            case < 853:
                Pick(_typists)?.Ask();
                break;
            case < 880:
                _node?.Stdin.Read();
                break;
            case < 930 when _node is not null:
                for (var i = dice.Between(1, 7); i > 0; i--)
                {
                    _crowd.Step();
                }

                break;
            case < 980:
                await PassAsync(TimeSpan.FromMilliseconds(dice.Pick(10, 10, 200, 1000, 1000, 2500)));
                break;
            case < 985:
                foreach (var viewer in _viewers)
                {
                    viewer.ComeBack();
                }

                break;
            default:
                await StrikeAsync();
                break;
        }

        await SettleAsync();
    }

    /// <summary>Something unusual.</summary>
    private async ValueTask StrikeAsync()
    {
        var dice = Run.Dice;
        switch (dice.Below(24))
        {
            case < 6:
                if (Pick(_viewers) is { } viewer)
                {
                    viewer.IsSlow = dice.OneIn(2);
                }

                break;
            case 6:
                Pick(_viewers)?.Kill();
                break;
            case 7:
                Pick(_viewers)?.Leave();
                break;
            case 8 or 9:
                File.Trim(File.Length - dice.Between(0, 60_000));
                break;
            case < 12:
                Network.Cut(dice.Between(1, 5), cut: true);
                break;
            case < 16:
                Network.Cut(dice.Between(1, 5), cut: false);
                Network.Cut(SessionRoute, cut: false);
                break;
            case 16 when dice.OneIn(3):
                Network.Cut(SessionRoute, cut: true);
                break;
            case 17:
                await PassAsync(TimeSpan.FromSeconds(dice.Pick(6, 20, 130)));
                break;
            case 18 when _node is not null && dice.OneIn(3):
                Run.Note("the other container is removed");
                _sessions.EndAll(_node, OtherContainer);
                break;
            case 19 when _node is not null && dice.OneIn(2):
                Run.Note("the output goes on in another log");
                _node.Replace(NewEpoch());
                Output(_node.Log);
                break;
            case 20 when dice.OneIn(Settings.StdinOnce ? 20 : 2):
                // Where the first end closes PID 1's input, nothing more comes of input.
                Pick(_typists)?.End();
                break;
            case 20:
                Stdin.IsDeaf = !Stdin.IsDeaf;
                break;
            case 21 or 22 when _node is null:
                Revive();
                break;
            case 21 or 22 when dice.OneIn(2):
                StopNode(killed: dice.Below(3) > 0);
                if (dice.OneIn(2))
                {
                    Revive();
                }

                break;
        }
    }

    /// <summary>Time passes, in pieces fine enough to see when PID 1 is let go.</summary>
    private async ValueTask PassAsync(TimeSpan time)
    {
        Run.Note($"{time.TotalSeconds} s pass");
        for (var left = time; left > TimeSpan.Zero;)
        {
            var tick = Holds.IsHeld ? HoldWatch.Grain : CoarseTick;
            tick = tick < left ? tick : left;
            left -= tick;
            var before = Run.Now;
            Run.Clock.Advance(tick);
            if (_node is not null)
            {
                _sessions.Passed(_node, before);
            }

            Network.TimeOut();
            _crowd.Tick();
            await SettleAsync();
        }
    }

    private async ValueTask SettleAsync()
    {
        await Pool.SettleAsync(Run);
        _output.Pump();
        await Pool.SettleAsync(Run);
        CheckMemory();
    }

    private void StopNode(bool killed)
    {
        var node = _node!;
        Run.Note($"{node.Life} {(killed ? "is killed" : "stops")}");
        if (!killed)
        {
            node.Dispose();
        }

        node.Life.End();
        node.Stdin.Forget();
        File.Forget();
        Network.Forget(node.Life, callee: true);
        _node = null;
        _output.Into(null);
    }

    /// <summary>A silo starts, and knows where the output goes on; or does not.</summary>
    private void Revive()
    {
        if (!Settings.HasFile || Run.Dice.OneIn(4))
        {
            Run.Note("the output's continuity is lost");
            NewEpoch();
        }

        StartNode();
    }

    /// <summary>Offsets begin anew, or where they were.</summary>
    private OutputFile NewEpoch() => _output.File = new OutputFile(Run, ++_epochs, Run.Dice.OneIn(2) ? File.Length : 0);

    private T? Pick<T>(List<T> from)
        where T : class => from.Count == 0 ? null : from[Run.Dice.Below(from.Count)];

    /// <summary>The log in memory is bounded, and lets go only of what it may.</summary>
    private void CheckMemory()
    {
        if (_node is not { } node)
        {
            return;
        }

        const int Rounding = 64 * 1024;
        var (head, tail) = (node.Log.Head, node.Log.Tail);
        Run.Check(head - tail <= Settings.Log.Limit + Settings.Log.Retain + Rounding, $"{head - tail} bytes are in memory");
        Run.Check(!(node.Log.IsHeld && node.Stdin.IsWaiting), "PID 1 is held by readers while input waits for it");
        if (tail > _tail && tail > head - Settings.Log.Limit - Settings.Log.Retain)
        {
            Run.Check(tail <= head - Settings.Log.Retain, $"bytes from {tail} on are kept; the newest {Settings.Log.Retain} before {head} are to be");
            foreach (var viewer in _viewers)
            {
                var counts = viewer is { MayHold: true, Life.IsOver: false, Agreement: { } agreement } && agreement.IsLeasedFrom(node)
                    && agreement.Epoch == node.Log.Epoch;
                Run.Check(!counts || tail <= Math.Max(_tail, Math.Max(viewer.Agreement!.GoneBefore, viewer.Agreement.Consumed)), $"bytes up to {tail} are let go; viewer {viewer.Number} has consumed up to {viewer.Agreement?.Consumed}");
            }
        }

        _tail = tail;
    }
}
