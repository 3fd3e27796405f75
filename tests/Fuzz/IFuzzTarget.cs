namespace CriAttach.Fuzz;

/// <summary>Feeds bytes to codecs and compares what they say with what a slow oracle says.</summary>
public interface IFuzzTarget
{
    /// <summary>The name on the command line, and of the folder in Seeds.</summary>
    string Name { get; }

    /// <summary>The codecs that this target tries.</summary>
    IReadOnlyList<Type> Covers { get; }

    /// <summary>Tries one input: any bytes at all.</summary>
    /// <param name="input">The first bytes turn the target's knobs, the rest is for the codec.</param>
    /// <exception cref="FuzzMismatchException">Codec and oracle disagree.</exception>
    void Run(byte[] input);
}
