namespace CriAttach.Fuzz;

/// <summary>Makes new inputs from old ones.</summary>
/// <param name="random">Decides what to do; its seed makes a run repeatable.</param>
/// <param name="corpus">The inputs to begin with.</param>
public sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int MaxLength = 8192;
    private const int MaxSteps = 8;

    private static readonly byte[] Interesting =
        [0, 1, 2, 3, 4, 125, 126, 127, 128, 129, 130, 136, 137, 254, 255, .. " \n\r\"\\{}[]:,0159-+.eFP=/"u8];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (var steps = random.Next(MaxSteps + 1); steps > 0; steps--)
        {
            Mutate(bytes);
        }

        return [.. bytes.Take(MaxLength)];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(Math.Min(bytes.Count - at, 32) + 1);
        switch (random.Next(10))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 2:
                bytes.Insert(at, Interesting[random.Next(Interesting.Length)]);
                break;
            case 3:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 4:
                var other = corpus[random.Next(corpus.Count)];
                bytes.InsertRange(at, other.Skip(random.Next(other.Length + 1)).Take(random.Next(64)));
                break;
            case 5 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 6 when at < bytes.Count:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 7 when random.Next(8) == 0:
                bytes.InsertRange(at, Enumerable.Repeat(Interesting[random.Next(Interesting.Length)], random.Next(2048)));
                break;
            case 8 when random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 9 when random.Next(4) == 0:
                var noise = new byte[random.Next(256)];
                random.NextBytes(noise);
                bytes.InsertRange(at, noise);
                break;
            default:
                break;
        }
    }
}
