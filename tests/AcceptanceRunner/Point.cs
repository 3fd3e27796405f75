namespace CriAttach.AcceptanceRunner;

/// <summary>One point of the acceptance list.</summary>
/// <param name="Letter">Its letter, for choosing.</param>
/// <param name="Promise">What holds.</param>
/// <param name="CheckAsync">Checks it, and returns what was measured.</param>
internal sealed record Point(char Letter, string Promise, Func<Task<string>> CheckAsync);
