namespace CriAttach.Streams.Tests.Delivery;

/// <summary>A call under way.</summary>
/// <param name="effect">What it does at the far end.</param>
/// <param name="isCall">Whether the subscriber waits for it, as opposed to a batch or an acknowledgement.</param>
internal sealed class Message(Func<object?> effect, bool isCall)
{
    private readonly TaskCompletionSource<object?> _answer = new();

    public bool IsCall { get; } = isCall;

    public Task<object?> Answer => _answer.Task;

    public void Meet(Fate fate)
    {
        if (fate == Fate.Drop)
        {
            _answer.SetException(new TimeoutException("dropped"));
            return;
        }

        try
        {
            var answer = effect();
            if (fate == Fate.Twice)
            {
                effect();
            }

            if (fate != Fate.LoseAnswer)
            {
                _answer.SetResult(answer);
                return;
            }
        }
        catch (Exception fault)
        {
            _answer.SetException(fault);
            return;
        }

        _answer.SetException(new TimeoutException("answer lost"));
    }
}
