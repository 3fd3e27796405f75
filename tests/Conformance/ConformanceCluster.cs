using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests;

/// <summary>
/// Two silos and two gateways for all tests of the suite, and a witness: one session that lives through all of them and
/// must not notice any.
/// </summary>
public sealed class ConformanceCluster : IAsyncLifetime
{
    private CriAttachProcesses? _processes;
    private TestContainer? _witnessContainer;
    private AttachClient? _witness;
    private int _ticks;

    public CriAttachProcesses Processes => _processes ?? throw new InvalidOperationException("The cluster was not started.");

    public async ValueTask InitializeAsync()
    {
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = 2, Gateways = 2 });
        try
        {
            _witnessContainer = await _processes.RunAsync(["cat"], new CreateContainerBody { Node = "n2", Stdin = true });
            _witness = await _witnessContainer.AttachAsync(StreamProtocol.V4, via: 0, at: 1);
            await DisturbedByNobodyAsync();
        }
        catch (Exception fault)
        {
            var logs = _processes.LogTails();
            await _processes.DisposeAsync();
            _processes = null;
            throw new InvalidOperationException($"{fault.Message}\n{logs}", fault);
        }
    }

    /// <summary>The witness still gets its echo.</summary>
    public async Task DisturbedByNobodyAsync()
    {
        var tick = $"tick {Interlocked.Increment(ref _ticks)}\n";
        await _witness!.InputAsync(tick);
        await _witness.Stdout.ContainsAsync(tick);
    }

    public async ValueTask DisposeAsync()
    {
        if (_processes is null)
        {
            return;
        }

        await using (_processes)
        {
            if (_witness is null)
            {
                return;
            }

            await DisturbedByNobodyAsync();
            var lines = Enumerable.Range(1, _ticks).Select(number => $"tick {number}\n");
            Assert.Equal(string.Concat(lines), _witness.Stdout.ToString());
            var end = await _witness.CloseAsync();
            Assert.Equal((ushort?)1000, end.CloseCode);
            await _witnessContainer!.DisposeAsync();
            await Until.TrueAsync(
                async token => (await _processes.Admin.SessionsAsync(token)).Sessions.Count == 0, TimeSpan.FromSeconds(20), "no session is left of the whole suite");
        }
    }
}
