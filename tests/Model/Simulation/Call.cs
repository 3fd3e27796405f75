namespace CriAttach.Model.Tests.Simulation;

/// <summary>A call between two processes. Its request may be carried out although the caller learns of a fault, as with Orleans.</summary>
internal abstract class Call
{
    public required string Name { get; init; }

    /// <summary>Gets the process that waits for the answer.</summary>
    public required Life From { get; init; }

    /// <summary>Gets the gateway whose connection to the node it goes over.</summary>
    public required int Route { get; init; }

    /// <summary>Gets when the caller gives up.</summary>
    public required long Deadline { get; init; }

    /// <summary>Gets a value indicating whether the caller has learnt how it went.</summary>
    public abstract bool IsOver { get; }

    /// <summary>The request arrives. Afterwards <paramref name="answered"/> is called, unless the far end dies over it.</summary>
    public abstract void CarryOut(Action answered);

    /// <summary>The answer arrives.</summary>
    public abstract void Answer();

    /// <summary>The caller learns that it failed.</summary>
    public abstract void Fail(Exception fault);

    /// <summary>The same request once more; nobody waits for its answer.</summary>
    public abstract Call Again();
}
