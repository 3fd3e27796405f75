namespace CriAttach.Fuzz;

/// <summary>Ways to cut bytes into the pieces in which a network or a file may hand them over.</summary>
public static class Fragments
{
    /// <summary>The seed of <see cref="Cut"/> for one piece.</summary>
    public const int Whole = 0;

    /// <summary>The seed of <see cref="Cut"/> for pieces of one byte.</summary>
    public const int ByteByByte = 1;

    /// <summary>Cuts bytes: whole, one by one, or in random pieces.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed"><see cref="Whole"/>, <see cref="ByteByByte"/>, or the seed of the random pieces.</param>
    public static IEnumerable<byte[]> Cut(byte[] bytes, int seed)
    {
        var random = new Random(seed);
        var longest = 1 + random.Next(64);
        for (var at = 0; at < bytes.Length;)
        {
            var length = seed switch
            {
                Whole => bytes.Length,
                ByteByByte => 1,
                _ => random.Next(longest + 1),
            };
            var end = Math.Min(bytes.Length, at + length);
            yield return bytes[at..end];
            at = end;
        }
    }
}
