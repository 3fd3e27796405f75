using CriAttach.Testing.Cri;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Upstream;

namespace CriAttach.Testing.Scenarios;

/// <summary>Calls that take long, through a gateway without silo and store.</summary>
public static class LongCalls
{
    private const string Silent = "/runtime.v1.RuntimeService/GetContainerEvents";
    private const string Slow = "/runtime.v1.RuntimeService/ExecSync";

    /// <summary>A server stream that says nothing between its two messages, and a unary call whose answer takes its time, both at once.</summary>
    /// <param name="silence">The stream's silence.</param>
    /// <param name="wait">The time that the answer takes.</param>
    /// <exception cref="ScenarioException">Something else came than what was sent.</exception>
    /// <exception cref="Grpc.Core.RpcException">A call was cut.</exception>
    public static async Task RunAsync(TimeSpan silence, TimeSpan wait)
    {
        var directory = Directory.CreateTempSubdirectory("ca-lc-").FullName;
        await using (var runtime = await ScriptedRuntime.StartAsync(Path.Combine(directory, "runtime.sock")).ConfigureAwait(false))
        {
            runtime.On(Silent, async context =>
            {
                await ScriptedRuntime.SendAsync(context, [1]).ConfigureAwait(false);
                await Task.Delay(silence, TimeProvider.System, context.RequestAborted).ConfigureAwait(false);
                await ScriptedRuntime.SendAsync(context, [2]).ConfigureAwait(false);
                ScriptedRuntime.End(context, Grpc.Core.StatusCode.OK);
            });
            runtime.On(Slow, async context =>
            {
                await Task.Delay(wait, TimeProvider.System, context.RequestAborted).ConfigureAwait(false);
                await ScriptedRuntime.SendAsync(context, [3]).ConfigureAwait(false);
                ScriptedRuntime.End(context, Grpc.Core.StatusCode.OK);
            });
            await using var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
            {
                SilosLater = true,
                GatewaySettings = new Dictionary<string, string> { ["CriAttach:Gateway:Upstream:Socket"] = runtime.SocketPath },
            }).ConfigureAwait(false);
            using var channel = CriChannel.Open(processes.Gateways[0].CriSocket);
            var calls = channel.CreateCallInvoker();
            using var slow = calls.Unary(Slow, []);
            using var silent = calls.Stream(Silent, []);
            List<byte> came = [];
            while (await silent.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
            {
                came.AddRange(silent.ResponseStream.Current);
            }

            came.AddRange(await slow.ResponseAsync.ConfigureAwait(false));
            if (!came.SequenceEqual<byte>([1, 2, 3]))
            {
                throw new ScenarioException($"Came: {string.Join(' ', came)}.");
            }
        }

        Directory.Delete(directory, recursive: true);
    }
}
