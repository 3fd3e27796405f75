using System.Runtime.CompilerServices;

namespace CriAttach.Wire.Channels;

// https://www.rfc-editor.org/rfc/rfc8259 as a machine that takes one byte at a time.
public sealed partial class ResizeReader
{
    private const int MaxDepth = 64;

    private State _state;
    private int _depth;
    private ulong _arrays; // bit n: the level n + 1 is an array
    private bool _inKey;
    private int _unicodeLeft;
    private bool _negative;
    private int _digits;
    private int _number;
    private Literal _literal;
    private int _literalAt;
    private KeyBytes _keyBytes;

    private enum State : byte
    {
        Idle,
        FirstKey,
        NextKey,
        Colon,
        Value,
        FirstItem,
        AfterValue,
        Text,
        Escape,
        Unicode,
        Minus,
        Zero,
        Integer,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
        Literal,
    }

    private enum Literal : byte
    {
        True,
        False,
        Null,
    }

    private bool Accept(byte next) => _state switch
    {
        State.Text => AcceptText(next),
        State.Escape => AcceptEscape(next),
        State.Unicode => AcceptUnicode(next),
        State.Literal => AcceptLiteral(next),
        >= State.Minus and <= State.ExponentDigits => AcceptNumber(next),
        _ => IsSpace(next) || AcceptStructure(next),
    };

    private bool AcceptStructure(byte next) => _state switch
    {
        State.FirstKey => next == '}' ? Close(array: false) : next == '"' && StartText(key: true),
        State.NextKey => next == '"' && StartText(key: true),
        State.Colon => next == ':' && Go(State.Value),
        State.Value => StartValue(next),
        State.FirstItem => next == ']' ? Close(array: true) : StartValue(next),
        State.AfterValue => next switch
        {
            (byte)',' => Go(InArray ? State.Value : State.NextKey),
            (byte)'}' => Close(array: false),
            (byte)']' => Close(array: true),
            _ => false,
        },
        _ => false,
    };

    private bool StartValue(byte next)
    {
        switch (next)
        {
            case (byte)'"':
                OnValue(isNull: false);
                return StartText(key: false);
            case (byte)'{':
                OnValue(isNull: false);
                return Open(array: false);
            case (byte)'[':
                OnValue(isNull: false);
                return Open(array: true);
            case (byte)'t':
                return StartLiteral(Literal.True);
            case (byte)'f':
                return StartLiteral(Literal.False);
            case (byte)'n':
                return StartLiteral(Literal.Null);
            default:
                (_negative, _digits, _number) = (next == '-', 0, 0);
                return next == '-' ? Go(State.Minus) : AcceptFirstDigit(next);
        }
    }

    private bool Open(bool array)
    {
        if (_depth == MaxDepth)
        {
            return false;
        }

        var bit = 1UL << _depth++;
        _arrays = array ? _arrays | bit : _arrays & ~bit;
        return Go(array ? State.FirstItem : State.FirstKey);
    }

    private bool Close(bool array)
    {
        if (array != InArray)
        {
            return false;
        }

        return Go(--_depth == 0 ? State.Idle : State.AfterValue);
    }

    private bool InArray => ((_arrays >> (_depth - 1)) & 1) != 0;

    private bool StartText(bool key)
    {
        _inKey = key;
        if (key)
        {
            OnKeyStart();
        }

        return Go(State.Text);
    }

    private bool AcceptText(byte next)
    {
        if (next == '"')
        {
            if (_inKey)
            {
                OnKeyEnd();
            }

            return Go(_inKey ? State.Colon : State.AfterValue);
        }

        if (_inKey)
        {
            OnKeyByte(next); // A backslash too: a key written with escapes is an unknown one.
        }

        return next == '\\' ? Go(State.Escape) : next >= ' ';
    }

    private bool AcceptEscape(byte next)
    {
        _unicodeLeft = 4;
        return next == 'u' ? Go(State.Unicode) : "\"\\/bfnrt"u8.Contains(next) && Go(State.Text);
    }

    private bool AcceptUnicode(byte next) =>
        char.IsAsciiHexDigit((char)next) && (--_unicodeLeft > 0 || Go(State.Text));

    private bool StartLiteral(Literal literal)
    {
        OnValue(literal == Literal.Null);
        (_literal, _literalAt) = (literal, 1);
        return Go(State.Literal);
    }

    private bool AcceptLiteral(byte next)
    {
        var text = _literal switch { Literal.True => "true"u8, Literal.False => "false"u8, _ => "null"u8 };
        return text[_literalAt++] == next && (_literalAt < text.Length || Go(State.AfterValue));
    }

    private bool AcceptFirstDigit(byte next) =>
        IsDigit(next) && Count(next) && Go(next == '0' ? State.Zero : State.Integer);

    private bool AcceptNumber(byte next)
    {
        switch (_state)
        {
            case State.Minus:
                return AcceptFirstDigit(next);
            case State.Integer when IsDigit(next):
                return Count(next);
            case State.Zero or State.Integer when next == '.':
                return Go(State.Point);
            case State.Zero or State.Integer or State.Fraction when next is (byte)'e' or (byte)'E':
                return Go(State.Exponent);
            case State.Point or State.Fraction when IsDigit(next):
                return Go(State.Fraction);
            case State.Exponent when next is (byte)'+' or (byte)'-':
                return Go(State.ExponentSign);
            case State.Exponent or State.ExponentSign or State.ExponentDigits when IsDigit(next):
                return Go(State.ExponentDigits);
            case State.Zero or State.Integer or State.Fraction or State.ExponentDigits:
                OnNumber();
                _state = State.AfterValue;
                return IsSpace(next) || AcceptStructure(next);
            default:
                return false;
        }
    }

    private bool Count(byte digit)
    {
        if (++_digits <= MaxSizeDigits)
        {
            _number = (_number * 10) + (digit - '0');
        }

        return true;
    }

    private bool Go(State state)
    {
        _state = state;
        return true;
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    [InlineArray(MaxKeyLength)]
    private struct KeyBytes
    {
        private byte _first;
    }
}
