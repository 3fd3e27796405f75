using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Model.Tests.Simulation;

/// <summary>What all parts of a run share: its chance, its clock, its record, and the first thing that went wrong.</summary>
internal sealed class Run(int seed)
{
    private readonly DateTimeOffset _began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private FakeTimeProvider? _clock;
    private string? _failure;

    public int Seed { get; } = seed;

    public Dice Dice { get; } = new(seed);

    public Trace Trace { get; } = new();

    /// <summary>Gets or sets the number of the step that is being done.</summary>
    public int Step { get; set; }

    public FakeTimeProvider Clock => _clock ??= new FakeTimeProvider(_began);

    public TimeSpan Now => Clock.GetUtcNow() - _began;

    public void Note(string what) => Trace.Add(Step, Now, what);

    /// <summary>Something is not as it must be. Code under test may be on the stack, so nothing is thrown before <see cref="ThrowIfFailed"/>.</summary>
    public void Fail(string what)
    {
        if (_failure is null)
        {
            Note("FAILED: " + what);
            _failure = what;
        }
    }

    public void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    /// <exception cref="ModelFault">The first thing that was not as it must be, how to repeat it, and what led to it.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new ModelFault($"seed {Seed}, step {Step}: {_failure}\nrepeat with CRIATTACH_MODEL_SEED={Seed}\n{Trace}");
        }
    }
}
