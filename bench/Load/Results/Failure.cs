namespace CriAttach.Load.Results;

/// <summary>A phase that could not be measured.</summary>
internal sealed record Failure(string Target, int Round, string Phase, string Message);
