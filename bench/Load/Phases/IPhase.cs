namespace CriAttach.Load.Phases;

/// <summary>One kind of measurement.</summary>
internal interface IPhase
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures once.</summary>
    Task RunAsync(PhaseContext context, CancellationToken cancellationToken);
}
