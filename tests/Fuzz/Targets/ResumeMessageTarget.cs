using CriAttach.Wire.Resume;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: a message of the control channel.</summary>
public sealed class ResumeMessageTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "resume-message";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ResumeCodec), typeof(ResumePoint)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (ResumeCodec.TryParse(input, out var message))
        {
            var written = ResumeCodec.Write(message);
            Trace.Holds(ResumeCodec.TryParse(written, out var again), "what was written is read");
            Trace.Holds(written.AsSpan().SequenceEqual(ResumeCodec.Write(again!)), "and is the same");
        }

        var texts = System.Text.Encoding.Latin1.GetString(input).Split('&');
        if (ResumePoint.TryRead(name => Array.Find(texts, text => text.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..], out var point)
            && point is not null)
        {
            var query = point.ToQuery().Split('&').Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]);
            Trace.Holds(ResumePoint.TryRead(query.GetValueOrDefault, out var again) && again == point, "a point is read back");
        }
    }
}
