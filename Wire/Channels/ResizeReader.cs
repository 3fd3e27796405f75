using System.Text;

namespace CriAttach.Wire.Channels;

// https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/client-go/tools/remotecommand (TerminalSize)
//
// {"Width":80,"Height":24}   one JSON object after the other, white space between them or none. The messages' edges
//                            mean nothing: an object may span messages, and messages may hold several.
//
// Keys in any case and order, unknown keys ignored, the last of equal keys counts; sizes are whole numbers of 16 bits.

/// <summary>
/// Reads terminal sizes from the byte stream of the resize channel. What is no size is dropped: the reader goes on at
/// the next <c>{</c>, and never faults. It keeps no bytes and allocates nothing.
/// </summary>
public sealed partial class ResizeReader
{
    /// <summary>The longest object; a longer one is dropped.</summary>
    public const int MaxObjectLength = 1024;

    private const int MaxSizeDigits = 5;
    private const int MaxKeyLength = 6;

    private int _length;
    private KeyName _key;
    private int _keyLength;
    private int _width;
    private int _height;
    private bool _bad;

    /// <summary>Reads the next size.</summary>
    /// <param name="input">Bytes of the channel; what was read is cut off its front.</param>
    /// <param name="size">The size; neither part of it is zero.</param>
    /// <returns><c>false</c> when the whole input is read and it takes more bytes for a size.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, out WindowSize size)
    {
        while (!input.IsEmpty)
        {
            if (_state == State.Idle)
            {
                var start = input.IndexOf((byte)'{');
                if (start < 0)
                {
                    break;
                }

                Begin();
                input = input[(start + 1)..];
                continue;
            }

            var next = input[0];
            input = input[1..];
            if (++_length > MaxObjectLength || !Accept(next))
            {
                // The byte that breaks an object may be the start of a sound one.
                _state = State.Idle;
                if (next == '{')
                {
                    Begin();
                }
            }
            else if (_state == State.Idle && !_bad && _width > 0 && _height > 0)
            {
                size = new((ushort)_width, (ushort)_height);
                return true;
            }
        }

        input = default;
        size = default;
        return false;
    }

    private void Begin()
    {
        (_length, _key, _width, _height, _bad) = (1, KeyName.Other, 0, 0, false);
        (_state, _depth, _arrays) = (State.FirstKey, 1, 0);
    }

    private void OnKeyStart() => (_keyLength, _keyBytes) = (0, default);

    private void OnKeyByte(byte value)
    {
        if (_depth == 1 && _keyLength < MaxKeyLength)
        {
            _keyBytes[_keyLength] = value;
        }

        _keyLength++;
    }

    private void OnKeyEnd()
    {
        if (_depth > 1)
        {
            return;
        }

        var key = ((ReadOnlySpan<byte>)_keyBytes)[..Math.Min(_keyLength, MaxKeyLength)];
        _key = _keyLength > MaxKeyLength ? KeyName.Other
            : Ascii.EqualsIgnoreCase(key, "Width"u8) ? KeyName.Width
            : Ascii.EqualsIgnoreCase(key, "Height"u8) ? KeyName.Height
            : KeyName.Other;
    }

    // A size of null says nothing, as in Go; any other value but a whole number spoils the object.
    private void OnValue(bool isNull)
    {
        if (_depth == 1 && _key != KeyName.Other && !isNull)
        {
            _bad = true;
        }
    }

    private void OnNumber()
    {
        if (_depth > 1 || _key == KeyName.Other)
        {
            return;
        }

        var whole = _state is State.Zero or State.Integer && !_negative && _digits <= MaxSizeDigits;
        if (!whole || _number > ushort.MaxValue)
        {
            _bad = true;
        }
        else if (_key == KeyName.Width)
        {
            _width = _number;
        }
        else
        {
            _height = _number;
        }
    }

    private enum KeyName : byte
    {
        Other,
        Width,
        Height,
    }
}
