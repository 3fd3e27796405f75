namespace CriAttach.Cli.Terminal;

/// <summary>
/// Finds the detach keys in what is typed. A beginning of them is held back until the next key decides, or until
/// <see cref="Flush"/>: it is then passed on, and the rest of the keys still detaches.
/// </summary>
internal sealed class DetachKeyMatcher
{
    private readonly byte[] _keys;
    private readonly int[] _fallback;
    private int _matched;
    private int _passed;

    /// <summary>Initializes a matcher.</summary>
    /// <param name="keys">The keys; with none, nothing ever matches.</param>
    public DetachKeyMatcher(byte[] keys)
    {
        _keys = keys;
        _fallback = Fallbacks(keys);
    }

    /// <summary>Gets a value indicating whether typed bytes are held back.</summary>
    public bool IsHolding => _matched > _passed;

    /// <summary>The room that <see cref="Process"/> needs.</summary>
    /// <param name="inputLength">The length of the input.</param>
    public int OutputLength(int inputLength) => inputLength + _keys.Length;

    /// <summary>Takes what was typed.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="output">Where the bytes go that are PID 1's.</param>
    /// <param name="written">How many these are.</param>
    /// <returns>True when the keys are complete; what was typed behind them is dropped.</returns>
    public bool Process(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        foreach (var key in input)
        {
            while (_matched > 0 && _keys[_matched] != key)
            {
                written += Release(output[written..]);
            }

            if (_keys.Length == 0 || _keys[_matched] != key)
            {
                output[written++] = key;
            }
            else if (++_matched == _keys.Length)
            {
                _matched = _passed = 0;
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes on what is held back.</summary>
    /// <param name="output">Room for as many bytes as there are keys.</param>
    /// <returns>How many bytes were written.</returns>
    public int Flush(Span<byte> output)
    {
        var held = _keys.AsSpan(_passed, _matched - _passed);
        held.CopyTo(output);
        _passed = _matched;
        return held.Length;
    }

    // Gives up on the longest beginning for the next shorter one that what was typed also ends with.
    private int Release(Span<byte> output)
    {
        var shorter = _fallback[_matched - 1];
        var dropped = _matched - shorter;
        var held = _passed < dropped ? _keys.AsSpan(_passed, dropped - _passed) : [];
        held.CopyTo(output);
        _passed = Math.Max(0, _passed - dropped);
        _matched = shorter;
        return held.Length;
    }

    private static int[] Fallbacks(byte[] keys)
    {
        var fallback = new int[keys.Length];
        for (int i = 1, length = 0; i < keys.Length; i++)
        {
            while (length > 0 && keys[i] != keys[length])
            {
                length = fallback[length - 1];
            }

            fallback[i] = length = keys[i] == keys[length] ? length + 1 : 0;
        }

        return fallback;
    }
}
