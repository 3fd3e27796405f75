using CriAttach.Wire.Resume;

namespace CriAttach.Testing.Resume;

/// <summary>Holds what a resumable client gets against what PID 1 wrote. Used by one reader.</summary>
internal sealed class OutputCheck
{
    private long _expected = -1;
    private long _shift;
    private long _epoch;
    private bool _told;
    private bool _astray;

    /// <summary>Gets the offset of the byte that is due; what was lost counts.</summary>
    public long Position => Interlocked.Read(ref _expected);

    /// <summary>Gets the number of bytes that came.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gets the number of bytes that are missing although nobody said so.</summary>
    public long LostSilently { get; private set; }

    /// <summary>Gets the number of bytes that are missing and were told to be.</summary>
    public long LostAndTold { get; private set; }

    /// <summary>Gets the number of gaps whose length nobody knew.</summary>
    public int GapsOfUnknownLength { get; private set; }

    /// <summary>Gets the number of bytes that came twice.</summary>
    public long Doubled { get; private set; }

    /// <summary>Gets the first thing that was wrong; null for nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes a message of the control channel.</summary>
    /// <param name="message">The message.</param>
    public void Hear(ResumeMessage message)
    {
        switch (message)
        {
            case ResumeHello hello when _expected < 0:
                (_expected, _epoch) = (hello.Offset, hello.Epoch);
                break;
            case ResumeHello hello when hello.Offset != _expected && hello.Epoch == _epoch:
                Blame($"the session was resumed at {hello.Offset} instead of {_expected}");
                break;
            case OutputPosition position:
                if (position.Lost < 0)
                {
                    GapsOfUnknownLength++;
                    _astray = true;
                }
                else if (position.Epoch == _epoch && position.Offset - position.Lost != _expected)
                {
                    Blame($"a gap of {position.Lost} bytes before {position.Offset} does not begin at {_expected}");
                }

                LostAndTold += Math.Max(0, position.Lost);
                (_expected, _epoch, _told) = (position.Offset, position.Epoch, true);
                break;
            default:
                break;
        }
    }

    /// <summary>Takes output.</summary>
    /// <param name="offset">The offset of its first byte, as it was told.</param>
    /// <param name="data">The bytes.</param>
    public void Take(long offset, ReadOnlySpan<byte> data)
    {
        Bytes += data.Length;
        if (offset > _expected)
        {
            LostSilently += offset - _expected;
            Blame($"output at {offset} instead of {_expected}");
        }
        else if (offset < _expected)
        {
            Doubled += _expected - offset;
            Blame($"output at {offset} came again: {_expected} was next");
        }

        _expected = offset + data.Length;
        if (_astray)
        {
            // Offsets of another epoch: the bytes themselves say where they belong.
            if (MarkedOutput.Locate(data) is >= 0 and var place)
            {
                (_shift, _astray) = (place - offset, false);
            }

            return;
        }

        if (!MarkedOutput.Fits(Place(offset), data))
        {
            var found = MarkedOutput.Locate(data);
            LostSilently += data.Length;
            Blame($"{data.Length} bytes at {offset} are not what PID 1 wrote there{(found < 0 ? "" : $", but belong to {found} where {Place(offset) % MarkedOutput.Period} was due")}{(_told ? " (after a gap)" : "")}");
        }

        _told = false;
    }

    private long Place(long offset) => (((offset + _shift) % MarkedOutput.Period) + MarkedOutput.Period) % MarkedOutput.Period;

    private void Blame(string what) => Fault ??= what;
}
