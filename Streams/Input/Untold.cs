namespace CriAttach.Streams.Input;

/// <summary>Which part of a producer's doubt one audience has not been told of: from here to the doubt's end.</summary>
internal struct Untold
{
    /// <summary>Gets where it begins; null when all has been told.</summary>
    public long? From { get; private set; }

    /// <summary>Whether any of it lies before an offset.</summary>
    public readonly bool Reaches(long to) => From < to;

    /// <summary>There is doubt from here on.</summary>
    public void Add(long from) => From ??= from;

    /// <summary>It was told up to an offset; what lies behind that stays.</summary>
    /// <param name="to">The offset.</param>
    /// <param name="doubtTo">The doubt's end.</param>
    public void Told(long to, long doubtTo) => From = to < doubtTo ? to : null;
}
