using System.Globalization;
using System.Runtime.InteropServices;
using CriAttach.Load;
using CriAttach.Load.Results;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(LoadOptions.Usage);
    return 0;
}

LoadOptions options;
try
{
    options = LoadOptions.Parse(args);
}
catch (ArgumentException fault)
{
    await Console.Error.WriteLineAsync($"{fault.Message}\n{LoadOptions.Usage}").ConfigureAwait(false);
    return 2;
}

using CancellationTokenSource stop = new();
Action<PosixSignalContext> onSignal = context =>
{
    context.Cancel = true;
    stop.Cancel();
};
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, onSignal);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, onSignal);

Machine machine = Machine.Describe();
Console.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryMegabytes} MB, {machine.System}, Linux {machine.Kernel}, {machine.Runtime}");
Console.WriteLine($"{machine.Containerd}; load {machine.LoadAverage}");
Recorder recorder = new();
Report report = new(machine, recorder);
long start = TimeProvider.System.GetTimestamp();
try
{
    await new LoadRun(options, recorder).RunAsync(stop.Token).ConfigureAwait(false);
}
catch (Exception) when (stop.IsCancellationRequested)
{
    Console.WriteLine("stopped");
    return 130;
}

report.Print();
report.WriteRaw(options.Raw);
if (options.Json is { } json)
{
    report.WriteRows(json);
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {TimeProvider.System.GetElapsedTime(start):mm\\:ss}; raw samples in {options.Raw}"));
return report.IsClean ? 0 : 1;
