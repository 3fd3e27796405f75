namespace CriAttach.Silo.Native;

/// <summary>Signals by their Linux numbers.</summary>
internal static class Signal
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;
    public const int Urgent = 23;

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["HUP"] = 1, ["INT"] = 2, ["QUIT"] = 3, ["ABRT"] = 6, ["KILL"] = Kill, ["USR1"] = 10, ["USR2"] = 12, ["TERM"] = Terminate, ["WINCH"] = 28,
    };

    /// <summary>Reads <c>SIGTERM</c>, <c>TERM</c> or <c>15</c>.</summary>
    public static bool TryParse(string text, out int number)
    {
        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        return Numbers.TryGetValue(name, out number) || (int.TryParse(name, out number) && number is > 0 and < 65);
    }
}
