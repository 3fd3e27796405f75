using System.Text.Json;

namespace CriAttach.Silo.Runtimes.CriUpstream.Cri;

/// <summary>
/// What CRI's status leaves out and runtimes tell as JSON of their own: containerd under <c>info.config</c>, CRI-O as annotations of
/// <c>info.runtimeSpec</c>. A runtime that tells neither (iSulad) is taken to have given the container a standard input that stays open and no terminal:
/// attaching with input to a container without one does no harm.
/// </summary>
/// <param name="Stdin">Whether there is a standard input.</param>
/// <param name="StdinOnce">Whether it closes with the first client's.</param>
/// <param name="Tty">Whether there is a terminal.</param>
/// <param name="Pid">PID 1's process id on the node; 0 where it is not told.</param>
/// <param name="Command">PID 1's command line; empty where it is not told.</param>
internal sealed record VerboseInfo(bool Stdin, bool StdinOnce, bool Tty, int Pid, IReadOnlyList<string> Command)
{
    private const string CrioPrefix = "io.kubernetes.cri-o.";

    private static readonly VerboseInfo Untold = new(Stdin: true, StdinOnce: false, Tty: false, Pid: 0, Command: []);

    /// <summary>Reads what a verbose status has beside the status.</summary>
    public static VerboseInfo Read(IDictionary<string, string> info)
    {
        if (!info.TryGetValue("info", out var text))
        {
            return Untold;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            // It is meant for people, and not every runtime's is JSON.
            return Untold;
        }
    }

    private static VerboseInfo Read(JsonElement root)
    {
        var spec = Member(root, "runtimeSpec");
        var process = Member(spec, "process");
        var told = Untold with
        {
            Tty = IsTrue(process, "terminal"),
            Pid = Member(root, "pid") is { ValueKind: JsonValueKind.Number } pid && pid.TryGetInt32(out var number) ? number : 0,
            Command = Member(process, "args") is { ValueKind: JsonValueKind.Array } args ? [.. args.EnumerateArray().Select(arg => arg.ToString())] : [],
        };
        if (Member(root, "config") is { ValueKind: JsonValueKind.Object } config)
        {
            // Members that are false are left out.
            return told with { Stdin = IsTrue(config, "stdin"), StdinOnce = IsTrue(config, "stdin_once"), Tty = IsTrue(config, "tty") };
        }

        var annotations = Member(spec, "annotations");
        return Member(annotations, CrioPrefix + "Stdin").ValueKind == JsonValueKind.String
            ? told with
            {
                Stdin = IsTrue(annotations, CrioPrefix + "Stdin"),
                StdinOnce = IsTrue(annotations, CrioPrefix + "StdinOnce"),
                Tty = IsTrue(annotations, CrioPrefix + "TTY"),
            }
            : told;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static bool IsTrue(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } text => text.GetString() == "true",
        _ => false,
    };
}
