namespace CriAttach.Model.Tests.Simulation;

/// <summary>A call with an answer.</summary>
/// <param name="effect">What it does at the far end.</param>
/// <param name="again">Makes the effect of a repetition, from what the message holds now.</param>
internal sealed class Call<T>(Func<Task<T>> effect, Func<Func<Task<T>>> again) : Call
{
    // Continuations run at once, on the model's thread.
    private readonly TaskCompletionSource<T> _result = new();
    private Task<T>? _outcome;

    public Task<T> Result => _result.Task;

    public override bool IsOver => _result.Task.IsCompleted;

    public override void CarryOut(Action answered) => _ = CarryOutAsync(answered);

    public override void Answer()
    {
        if (_outcome!.IsCompletedSuccessfully)
        {
            _result.TrySetResult(_outcome.GetAwaiter().GetResult());
        }
        else
        {
            _result.TrySetException(_outcome.Exception!.InnerException!);
        }
    }

    public override void Fail(Exception fault) => _result.TrySetException(fault);

    public override Call Again() => new Call<T>(again(), again) { Name = Name + " again", From = From, Route = Route, Deadline = Deadline };

    private async Task CarryOutAsync(Action answered)
    {
        try
        {
            _outcome = effect();
            await _outcome;
        }
        catch (Exception fault)
        {
            _outcome = Task.FromException<T>(fault);
        }

        answered();
    }
}
