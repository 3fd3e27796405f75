using CriAttach.Model.Tests.Simulation;

namespace CriAttach.Model.Tests.Input;

/// <summary>PID 1's standard input, which outlives silos. Every typist's bytes come once and in order; what is left out is kept, to be accounted for.</summary>
internal sealed class ModelStdin(Run run)
{
    private readonly Dictionary<int, long> _next = [];
    private readonly List<(int Typist, long From, long To)> _missing = [];

    public bool IsClosed { get; private set; }

    /// <summary>Gets or sets a value indicating whether PID 1 does not read.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Gets what a typist sent later bytes without.</summary>
    public IReadOnlyList<(int Typist, long From, long To)> Missing => _missing;

    /// <summary>The offset behind the last byte that PID 1 has of a typist.</summary>
    public long NextOf(int typist) => _next.GetValueOrDefault(typist);

    public void Close() => IsClosed = true;

    /// <summary>PID 1 gets bytes.</summary>
    public void Take(ReadOnlySpan<byte> data)
    {
        run.Check(data.Length % InputRecord.Length == 0, $"input of {data.Length} bytes is no whole records");
        for (; data.Length >= InputRecord.Length; data = data[InputRecord.Length..])
        {
            var (typist, offset) = InputRecord.Read(data);
            var next = NextOf(typist);
            run.Check(offset >= next, $"PID 1 gets {offset} of typist {typist} again; it has up to {next}");
            if (offset > next)
            {
                _missing.Add((typist, next, offset));
            }

            _next[typist] = offset + InputRecord.Length;
        }
    }
}
