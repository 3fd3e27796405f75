namespace CriAttach.Cli.Terminal;

/// <summary>
/// The keys that end an attach, in docker's syntax: a list such as <c>ctrl-p,ctrl-q</c> of single characters,
/// <c>ctrl-</c> with one of <c>a</c>-<c>z</c> <c>@ [ \ ] ^ _</c>, or <c>DEL</c>.
/// </summary>
internal static class DetachKeys
{
    /// <summary>The keys unless said otherwise.</summary>
    public const string Default = "ctrl-p,ctrl-q";

    private const string ControlPrefix = "ctrl-";
    private const string DeleteName = "DEL";
    private const byte Delete = 0x7F;
    private const int ControlBits = 0x1F;

    /// <summary>Parses keys.</summary>
    /// <param name="text">The keys; empty for none.</param>
    /// <param name="keys">The bytes that a terminal sends for them.</param>
    /// <param name="error">What is wrong with the text.</param>
    public static bool TryParse(string text, out byte[] keys, out string error)
    {
        keys = [];
        error = "";
        if (text.Length == 0)
        {
            return true;
        }

        var parsed = new List<byte>();
        foreach (var name in text.Split(','))
        {
            if (Parse(name) is not { } key)
            {
                error = $"'{name}' in the detach keys '{text}' is no key: use single characters or ctrl-<a-z, @, [, \\, ], ^ or _>, "
                    + "separated by commas, for example ctrl-p,ctrl-q; an empty text switches detaching off";
                return false;
            }

            parsed.Add(key);
        }

        keys = [.. parsed];
        return true;
    }

    private static byte? Parse(string name) => name switch
    {
        [var single] when char.IsAscii(single) => (byte)single,
        DeleteName => Delete,
        _ when name.Length == ControlPrefix.Length + 1 && name.StartsWith(ControlPrefix, StringComparison.OrdinalIgnoreCase) =>
            name[^1] is (>= 'a' and <= 'z') or '@' or '[' or '\\' or ']' or '^' or '_' ? (byte)(name[^1] & ControlBits) : null,
        _ => null,
    };
}
