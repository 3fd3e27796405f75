using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CriAttach.Testing;

namespace CriAttach.Mutants.Tests;

/// <summary>Runs the model's program against mutants, each in a directory of its own, and keeps the score.</summary>
public sealed partial class Laboratory : IAsyncLifetime
{
    private static readonly string Seeds = string.Join(",", Enumerable.Range(1, 16));
    private const int Steps = 40_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _top = Directory.CreateTempSubdirectory("criattach-mutants-").FullName;
    private readonly Dictionary<string, Compiler> _compilers = [];
    private int _tried;
    private int _killed;

    public async ValueTask InitializeAsync()
    {
        foreach (var project in MutantList.All.Select(mutant => mutant.Project).Distinct())
        {
            _compilers[project] = await Compiler.OfAsync(project);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_top, recursive: true);
        Console.WriteLine($"{_tried} mutants, {_killed} killed");
        return ValueTask.CompletedTask;
    }

    /// <summary>Builds a mutant, lets the model loose on it, and says how it died.</summary>
    /// <returns>The seed, the step and what the model noticed; none when it lives.</returns>
    internal async Task<string?> TryAsync(Mutant mutant)
    {
        _tried++;
        var directory = Prepare(mutant.Name.Replace(' ', '-'));
        var file = mutant.File[(mutant.Project.Length + 1)..];
        await CompileAsync(mutant.Project, file, mutant.Apply(await File.ReadAllTextAsync(Path.Combine(Repository.Top, mutant.File))), directory);
        var death = await RunModelAsync(directory);
        _killed += death is null ? 0 : 1;
        Console.WriteLine(death is null ? $"survived: {mutant.Name}" : $"killed: {mutant.Name} ({death})");
        return death;
    }

    /// <summary>The same with nothing changed, every project built as a mutant's is.</summary>
    internal async Task<string?> TryUnchangedAsync()
    {
        var directory = Prepare("unchanged");
        foreach (var project in _compilers.Keys)
        {
            await CompileAsync(project, file: null, "", directory);
        }

        return await RunModelAsync(directory);
    }

    /// <summary>The model's program, in a directory of its own.</summary>
    private string Prepare(string name)
    {
        var directory = Path.Combine(_top, name);
        Directory.CreateDirectory(directory);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Top, "tests", "Model", "bin", Repository.Configuration, "net10.0")))
        {
            File.Copy(path, Path.Combine(directory, Path.GetFileName(path)));
        }

        return directory;
    }

    private async Task CompileAsync(string project, string? file, string text, string directory)
    {
        var source = Path.Combine(directory, "Mutant.cs");
        await File.WriteAllTextAsync(source, text);
        await _compilers[project].CompileAsync(file, source, Path.Combine(directory, $"CriAttach.{project}.dll"));
    }

    private static async Task<string?> RunModelAsync(string directory)
    {
        var start = new ProcessStartInfo(Path.Combine(directory, "CriAttach.Model.Tests"), ["-noColor", "-stopOnFail", "-method", "*.EveryStep_IsAsTheModelAllows"])
        {
            RedirectStandardOutput = true,
            Environment = { ["CRIATTACH_MODEL_SEED"] = Seeds, ["CRIATTACH_MODEL_STEPS"] = Steps.ToString(CultureInfo.InvariantCulture) },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            if (process.ExitCode == 0)
            {
                return null;
            }

            var fault = Fault().Match(output);
            return fault.Success ? $"{fault.Groups[1].Value}" : throw new InvalidOperationException($"the model ended with status {process.ExitCode} and noticed nothing:\n{output}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [GeneratedRegex("ModelFault : (seed .*)")]
    private static partial Regex Fault();
}
