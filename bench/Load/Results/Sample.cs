namespace CriAttach.Load.Results;

/// <summary>One measured figure.</summary>
/// <param name="Target">Who was measured.</param>
/// <param name="Round">Which round, from 1.</param>
/// <param name="Name">What was measured, with its unit.</param>
/// <param name="Value">The figure.</param>
/// <param name="Raw">What it was made from, in the order of measuring, where it is more than one number.</param>
internal sealed record Sample(string Target, int Round, string Name, double Value, IReadOnlyList<double>? Raw);
