using System.Net;
using CriAttach.AdminApi;
using CriAttach.Testing.Admin;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Processes;

/// <summary>A container of the processes under test. Disposing it kills and removes it.</summary>
/// <param name="processes">Who runs it.</param>
/// <param name="view">What it was when it was made.</param>
public sealed class TestContainer(CriAttachProcesses processes, ContainerView view) : IAsyncDisposable
{
    /// <summary>Its id.</summary>
    public string Id => view.Id;

    /// <summary>What it was when it was made.</summary>
    public ContainerView View => view;

    /// <summary>What it is now.</summary>
    public Task<ContainerView> InspectAsync() => processes.Admin.ContainerAsync(Id);

    /// <summary>Starts it, when it was made to start later.</summary>
    public Task StartAsync() => processes.Admin.StartAsync(Id);

    /// <summary>Waits until PID 1 has ended.</summary>
    /// <param name="limit">How long that may take.</param>
    public Task ExitedAsync(TimeSpan limit) => Until.TrueAsync(
        async _ => (await InspectAsync().ConfigureAwait(false)).State == ContainerPhase.Exited, limit, $"container {Id} has ended");

    /// <summary>Attaches by the CRI of one gateway and opens the stream at another.</summary>
    /// <param name="protocol">The WebSocket protocol; v5 unless said otherwise.</param>
    /// <param name="stdin">Whether input is sent.</param>
    /// <param name="stdout">Whether standard output is wanted.</param>
    /// <param name="stderr">Whether standard error is wanted; with a terminal there is none.</param>
    /// <param name="via">The index of the gateway that is asked for the URL.</param>
    /// <param name="at">The index of the gateway that serves it; the same unless said otherwise.</param>
    /// <param name="options">How the client behaves.</param>
    public async Task<AttachClient> AttachAsync(
        StreamProtocol? protocol = null, bool stdin = true, bool stdout = true, bool stderr = true, int via = 0, int? at = null, AttachClientOptions? options = null)
    {
        var url = await processes.Gateways[via].AttachAsync(Id, stdin, stdout, stderr, view.Tty).ConfigureAwait(false);
        return await AttachClient.OpenAsync(processes.Gateways[at ?? via].Here(url), protocol ?? StreamProtocol.V5, options).ConfigureAwait(false);
    }

    /// <summary>Attaches by the admin API, which can ask for more than the CRI can.</summary>
    /// <param name="body">What is asked for; the terminal is the container's.</param>
    /// <param name="protocol">The WebSocket protocol; v5 unless said otherwise.</param>
    /// <param name="at">The index of the gateway.</param>
    /// <param name="options">How the client behaves.</param>
    public async Task<AttachClient> AttachAsync(AttachBody body, StreamProtocol? protocol = null, int at = 0, AttachClientOptions? options = null)
    {
        var answer = await processes.Gateways[at].Admin.AttachAsync(Id, body with { Tty = view.Tty, Stderr = body.Stderr && !view.Tty }).ConfigureAwait(false);
        return await AttachClient.OpenAsync(processes.Gateways[at].Here(new Uri(answer.Url)), protocol ?? StreamProtocol.V5, options).ConfigureAwait(false);
    }

    /// <summary>Attaches by the CRI of one gateway, over SPDY, as client-go does.</summary>
    /// <param name="stdin">Whether input is sent.</param>
    /// <param name="via">The index of the gateway that is asked for the URL.</param>
    /// <param name="at">The index of the gateway that serves it; the same unless said otherwise.</param>
    /// <param name="options">How the client behaves.</param>
    public async Task<SpdyAttachClient> AttachSpdyAsync(bool stdin = true, int via = 0, int? at = null, AttachClientOptions? options = null)
    {
        var url = await processes.Gateways[via].AttachAsync(Id, stdin, stdout: true, stderr: !view.Tty, view.Tty).ConfigureAwait(false);
        string[] types = ["error", .. stdin ? (string[])["stdin"] : [], "stdout", view.Tty ? "resize" : "stderr"];
        return await SpdyAttachClient.OpenAsync(processes.Gateways[at ?? via].Here(url), types, options).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await processes.Admin.RemoveAsync(Id, force: true).ConfigureAwait(false);
        }
        catch (AdminException fault) when (fault.Status == HttpStatusCode.NotFound)
        {
            // Removed by the test.
        }
    }
}
