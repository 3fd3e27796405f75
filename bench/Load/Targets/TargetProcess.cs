namespace CriAttach.Load.Targets;

/// <summary>A process whose time and memory count.</summary>
/// <param name="Role">Its name in the report.</param>
/// <param name="Id">Its process id.</param>
internal sealed record TargetProcess(string Role, int Id);
