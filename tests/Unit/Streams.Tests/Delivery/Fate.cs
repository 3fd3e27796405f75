namespace CriAttach.Streams.Tests.Delivery;

/// <summary>What becomes of a message.</summary>
internal enum Fate
{
    Arrive,
    Twice,
    Drop,
    LoseAnswer,
}
