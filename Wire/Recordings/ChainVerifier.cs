namespace CriAttach.Wire.Recordings;

/// <summary>
/// Checks the chain of a recording: its parts in order, or the one file that they were joined to. Bytes come in pieces of any size; no more than the beginning
/// of a line is kept.
/// </summary>
/// <param name="key">The secret of the hashes; none for those that need none.</param>
public sealed class ChainVerifier(byte[]? key) : IDisposable
{
    private enum Expected
    {
        Header,
        Part,
        Body,
        NextPart,
        Nothing,
    }

    private readonly ChainHash _hash = new(key);
    private readonly byte[] _start = new byte[ChainLines.MaxLength];
    private Expected _expected = Expected.Header;
    private ChainVerdict? _fault;
    private string _recording = "";
    private int _file = -1;
    private int _parts;
    private int _startCount;
    private bool _passing;
    private long _line;
    private long _vouched;

    /// <summary>Gets the number of parts that were begun.</summary>
    public int Parts => _parts;

    /// <summary>Gets the recording's id; empty until the file has told it.</summary>
    public string Recording => _recording;

    /// <summary>The bytes of another file follow.</summary>
    public void BeginFile()
    {
        if (_file >= 0)
        {
            EndFile(isLast: false);
        }

        if (_expected == Expected.NextPart)
        {
            _expected = Expected.Header;
        }
        else if (_file >= 0 && _fault is null)
        {
            Fault(_expected == Expected.Nothing ? "the recording has ended here, and another file follows" : "another file follows, but this part does not end with the word of it");
        }

        _file++;
        (_line, _vouched) = (0, 0);
    }

    /// <summary>Takes bytes of the file.</summary>
    /// <param name="data">The bytes.</param>
    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && _fault is null)
        {
            var end = data.IndexOf((byte)'\n');
            var piece = end < 0 ? data : data[..(end + 1)];
            data = data[piece.Length..];
            Take(piece, ends: end >= 0);
        }
    }

    /// <summary>There are no more files.</summary>
    public ChainVerdict Complete()
    {
        EndFile(isLast: true);
        return _fault ?? (_expected switch
        {
            _ when _file < 0 => new ChainVerdict(ChainState.Incomplete, 0, 0, "there is nothing"),
            Expected.Nothing => new ChainVerdict(ChainState.Intact, _file, _line, $"{_parts} {(_parts == 1 ? "part" : "parts")}, whole and unchanged"),
            Expected.NextPart => new ChainVerdict(ChainState.Incomplete, _file, _line, $"part {_parts + 1} is missing"),
            _ => new ChainVerdict(ChainState.Incomplete, _file, _line, _vouched == 0
                ? "it breaks off before its first hash: nothing vouches for it"
                : $"its end is missing: unchanged up to line {_vouched}, and nothing vouches for what follows there"),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    /// <summary>Takes a piece of a line: keeps the beginning of a short one until it is known what the line is.</summary>
    private void Take(ReadOnlySpan<byte> piece, bool ends)
    {
        if (!_passing && _startCount == 0)
        {
            _line++;
        }

        if (!_passing && _startCount + piece.Length <= _start.Length)
        {
            piece.CopyTo(_start.AsSpan(_startCount));
            _startCount += piece.Length;
            if (ends)
            {
                Judge(_start.AsSpan(0, _startCount));
                _startCount = 0;
            }

            return;
        }

        if (!_passing)
        {
            Pass(_start.AsSpan(0, _startCount), piece);
        }
        else
        {
            _hash.Append(piece);
        }

        if (ends)
        {
            (_startCount, _passing) = (0, false);
        }
    }

    /// <summary>A line that is too long for one of the chain: only a header may be that, and what was recorded.</summary>
    private void Pass(ReadOnlySpan<byte> start, ReadOnlySpan<byte> piece)
    {
        _passing = true;
        if (start.Length < ChainLines.JoinedHeader.Length)
        {
            // Whether it is a header of a joined part cannot be seen from so little.
            var more = Math.Min(piece.Length, _start.Length - start.Length);
            piece[..more].CopyTo(_start.AsSpan(start.Length));
            start = _start.AsSpan(0, start.Length + more);
            piece = piece[more..];
        }

        var header = Begin(start);
        if (_fault is null)
        {
            _hash.Append(header);
            _hash.Append(piece);
        }
    }

    private void Judge(ReadOnlySpan<byte> line)
    {
        if (_expected == Expected.Body && ChainLines.ReadMark(line[..^1], _hash.Algorithm) is var (mark, hash))
        {
            Check(mark, hash);
            return;
        }

        if (_expected == Expected.Part)
        {
            CheckPart(ChainLines.ReadPart(line[..^1]));
        }
        else
        {
            line = Begin(line);
        }

        if (_fault is null)
        {
            _hash.Append(line);
        }
    }

    /// <summary>What of an ordinary line is hashed; a header, where one is expected or announced.</summary>
    private ReadOnlySpan<byte> Begin(ReadOnlySpan<byte> line)
    {
        switch (_expected)
        {
            case Expected.Header:
                _expected = Expected.Part;
                return line;
            case Expected.NextPart when line.StartsWith(ChainLines.JoinedHeader):
                _expected = Expected.Part;
                return line[ChainLines.JoinedHeader.Length..];
            case Expected.Part:
                CheckPart(null);
                return line;
            case Expected.Nothing or Expected.NextPart:
                Fault("something follows the last hash of this part");
                return line;
            default:
                return line;
        }
    }

    private void CheckPart(ChainPart? part)
    {
        if (part is null)
        {
            Fault("this is no recording of CriAttach, or the line behind its header was changed");
        }
        else if (part.Algorithm != _hash.Algorithm)
        {
            Fault(part.Algorithm == ChainLines.Keyed ? "its hashes are made with a key: give the file that holds it" : $"its hashes are {part.Algorithm}, not {_hash.Algorithm} as they are with a key");
        }
        else if (part.Number != _parts + 1)
        {
            Fault($"this is part {part.Number}, but part {_parts + 1} is expected here");
        }
        else if (_parts > 0 && part.Recording != _recording)
        {
            Fault($"this is a part of recording {part.Recording}, not of {_recording}");
        }
        else if (!part.Before.AsSpan().SequenceEqual(_hash.Last))
        {
            Fault("the part before this one is another, or was changed");
        }
        else
        {
            (_parts, _recording, _expected) = (part.Number, part.Recording, Expected.Body);
        }
    }

    private void Check(ChainMark mark, byte[] hash)
    {
        if (!_hash.Close().AsSpan().SequenceEqual(hash))
        {
            Fault($"something was changed between line {_vouched + 1} and here{(key is null ? "" : ", or the key is another")}");
            return;
        }

        _vouched = _line;
        _expected = mark switch
        {
            ChainMark.Continued => Expected.NextPart,
            ChainMark.End => Expected.Nothing,
            _ => Expected.Body,
        };
    }

    private void EndFile(bool isLast)
    {
        if (_startCount == 0 && !_passing)
        {
            return;
        }

        // A line without an end: whoever wrote it was cut off, or somebody cut it. Of a joined file that can be in the words before the next part's header.
        var isHeader = isLast && _expected == Expected.NextPart && IsJoinedHeader(_start.AsSpan(0, _startCount));
        (_startCount, _passing) = (0, false);
        if (_expected is Expected.Nothing or Expected.NextPart && !isHeader)
        {
            Fault("something follows the last hash of this part");
        }
    }

    private static bool IsJoinedHeader(ReadOnlySpan<byte> start) => start.StartsWith(ChainLines.JoinedHeader) || ChainLines.JoinedHeader.StartsWith(start);

    private void Fault(string message) => _fault ??= new ChainVerdict(ChainState.Altered, _file, _line, message);
}
