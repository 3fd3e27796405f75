using CriAttach.Fuzz.Oracles;
using CriAttach.Wire;
using CriAttach.Wire.Channels;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, then the stream of the resize channel.</summary>
public sealed class ResizeTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "resize";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ResizeReader), typeof(ResizeWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var expected = new Trace();
        foreach (var size in ResizeOracle.Read(input[1..]))
        {
            expected.Add(size.ToString());
            var text = new byte[ResizeWriter.MaxLength];
            var length = ResizeWriter.Write(text, size);
            Trace.Holds(ResizeOracle.Read(text[..length]).Single() == size, "what was written");
        }

        var actual = new Trace();
        foreach (var size in Read(input[1..], input[0]))
        {
            actual.Add(size.ToString());
        }

        Trace.Same(expected, actual);
    }

    /// <summary>Reads the stream with the codec, given in fragments.</summary>
    public static List<WindowSize> Read(byte[] stream, int cut)
    {
        var sizes = new List<WindowSize>();
        var reader = new ResizeReader();
        foreach (var fragment in Fragments.Cut(stream, cut))
        {
            ReadOnlySpan<byte> input = fragment;
            while (reader.TryRead(ref input, out var size))
            {
                sizes.Add(size);
            }

            Trace.Holds(input.IsEmpty, "all is read");
        }

        return sizes;
    }
}
