using System.Diagnostics;
using System.Text.Json;
using CriAttach.Testing;

namespace CriAttach.Mutants.Tests;

/// <summary>Compiles a project of the product as its build does, with one source file exchanged. Nothing in the tree is written to.</summary>
internal sealed class Compiler
{
    private readonly string _directory;
    private readonly string _compiler;
    private readonly string[] _arguments;

    private Compiler(string directory, string compiler, string[] arguments)
    {
        _directory = directory;
        _compiler = compiler;
        _arguments = arguments;
    }

    /// <summary>Asks the build for the compiler's arguments.</summary>
    /// <param name="project">The project's folder.</param>
    public static async Task<Compiler> OfAsync(string project)
    {
        var directory = Path.Combine(Repository.Top, project);
        var answer = await RunAsync(
            directory,
            "msbuild",
            $"CriAttach.{project}.csproj",
            $"-p:Configuration={Repository.Configuration}",
            "-p:ProvideCommandLineArgs=true",
            "-p:SkipCompilerExecution=true",
            "-p:BuildProjectReferences=false",
            "-p:NonExistentFile=none",
            "-t:ResolveReferences",
            "-t:CoreCompile",
            "-getItem:CscCommandLineArgs",
            "-getProperty:RoslynTargetsPath");
        using var json = JsonDocument.Parse(answer);
        var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
        var compiler = Path.Combine(json.RootElement.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!, "bincore", "csc.dll");
        return new Compiler(directory, compiler, [.. arguments.Where(argument => !IsOutput(argument))]);
    }

    /// <summary>Compiles it.</summary>
    /// <param name="file">The source file to exchange, from the project's folder; none to change nothing.</param>
    /// <param name="with">The file that takes its place.</param>
    /// <param name="output">Where the assembly goes.</param>
    public async Task CompileAsync(string? file, string with, string output)
    {
        Assert.True(file is null || _arguments.Contains(file), $"the build of {_directory} does not compile {file}");
        var response = output + ".rsp";
        var arguments = _arguments.Select(argument => argument == file ? with : argument).Append($"/out:{output}").Append("/skipanalyzers+").Append("/warnaserror-");
        await File.WriteAllLinesAsync(response, arguments.Select(argument => argument.Contains(' ', StringComparison.Ordinal) && !argument.Contains('"', StringComparison.Ordinal) ? $"\"{argument}\"" : argument));
        await RunAsync(_directory, _compiler, "/shared", "/noconfig", "@" + response);
    }

    private static bool IsOutput(string argument) =>
        argument == "/noconfig" || argument.StartsWith("/out:", StringComparison.Ordinal) || argument.StartsWith("/refout:", StringComparison.Ordinal)
        || argument.StartsWith("/doc:", StringComparison.Ordinal) || argument.StartsWith("/warnaserror", StringComparison.Ordinal);

    private static async Task<string> RunAsync(string directory, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with status {process.ExitCode}:\n{output}{await errors}");
        return output;
    }
}
