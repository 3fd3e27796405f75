using Orleans.Streams;

namespace CriAttach.Streams;

/// <summary>A place in a container's output: a byte offset and the epoch that it belongs to.</summary>
[GenerateSerializer, Immutable, Alias("criattach.StdioToken")]
public sealed class StdioToken : StreamSequenceToken
{
    /// <summary>Makes the token of an offset.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="epoch">Its epoch; 0 for whatever epoch the container is in.</param>
    public StdioToken(long offset, long epoch)
    {
        Offset = offset;
        Epoch = epoch;
    }

    /// <summary>Gets the offset.</summary>
    [Id(0)]
    public long Offset { get; private set; }

    /// <summary>Gets the epoch of <see cref="Offset"/>.</summary>
    [Id(1)]
    public long Epoch { get; private set; }

    /// <inheritdoc/>
    public override long SequenceNumber { get => Offset; protected set => Offset = value; }

    /// <inheritdoc/>
    public override int EventIndex { get => 0; protected set => ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0); }

    /// <inheritdoc/>
    public override bool Equals(StreamSequenceToken? other) => other is StdioToken token && token.Offset == Offset && token.Epoch == Epoch;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamSequenceToken token && Equals(token);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Offset, Epoch);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tokens are of different epochs: their order is lost.</exception>
    public override int CompareTo(StreamSequenceToken? other) => other switch
    {
        null => 1,
        StdioToken token when token.Epoch == Epoch => Offset.CompareTo(token.Offset),
        _ => throw new ArgumentException("offsets of different epochs cannot be compared", nameof(other)),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Offset}@{Epoch}";
}
