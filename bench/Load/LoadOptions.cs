using System.Globalization;

namespace CriAttach.Load;

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    private const int FullRounds = 3;

    internal const string Usage = """
        usage: run.sh [--only ours|containerd] [--phases a,b] [--quick] [--rounds N] [--json FILE] [--raw FILE]
          --only     measure one side
          --phases   of idle, first-echo, echo, stdin, zeros, lines, fanout; all by default
          --quick    small sizes and one round: whether it works, not how fast it is
          --rounds   how many rounds; the table shows their medians (3 by default)
          --json     writes the compared rows as {"rows": {NAME: {"ours": x, "containerd": y}}}
          --raw      where the raw samples go (bench/results/raw-last.json by default)
        """;

    internal string? Only { get; private init; }

    internal IReadOnlyList<string>? Phases { get; private init; }

    internal bool Quick { get; private init; }

    internal int Rounds { get; private init; } = FullRounds;

    internal string? Json { get; private init; }

    internal string Raw { get; private init; } = Path.Combine(Repository.Top, "bench", "results", "raw-last.json");

    /// <exception cref="ArgumentException">The command line is wrong; the message says how.</exception>
    internal static LoadOptions Parse(IEnumerable<string> arguments)
    {
        LoadOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? name))
        {
            options = name switch
            {
                "--only" => options with { Only = Side(Value()) },
                "--phases" => options with { Phases = Value().Split(',') },
                "--quick" => options with { Quick = true, Rounds = 1 },
                "--rounds" => options with { Rounds = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--json" => options with { Json = Value() },
                "--raw" => options with { Raw = Value() },
                _ => throw new ArgumentException($"unknown option {name}"),
            };

            string Value() => rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{name} needs a value");
        }

        return options;
    }

    private static string Side(string value) =>
        value is "ours" or "containerd" ? value : throw new ArgumentException("--only takes ours or containerd");
}
