using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Gateways;

/// <summary>Calls a gateway's admin API.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http;
    private readonly GatewayAddress _address;
    private readonly TimeProvider _clock;

    /// <summary>Initializes a client; nothing is connected yet.</summary>
    /// <param name="address">Where the gateway listens.</param>
    /// <param name="token">The bearer token; null for none.</param>
    /// <param name="clock">The clock.</param>
    public AdminClient(GatewayAddress address, string? token, TimeProvider clock)
    {
        _address = address;
        _clock = clock;
        var handler = new SocketsHttpHandler { UseProxy = address.SocketPath is null, ConnectTimeout = TimeSpan.FromSeconds(10) };
        if (address.SocketPath is { } path)
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        }

        _http = new HttpClient(handler) { BaseAddress = address.BaseUrl, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The nodes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<NodeList> ListNodesAsync(CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, AdminRoutes.Nodes, null, AdminJson.Default.NodeList, Quick, cancellationToken);

    /// <summary>The containers.</summary>
    /// <param name="node">The node to ask about; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ContainerList> ListContainersAsync(string? node, CancellationToken cancellationToken)
    {
        var query = node is null ? "" : $"?{AdminRoutes.NodeQuery}={Uri.EscapeDataString(node)}";
        return CallAsync(HttpMethod.Get, AdminRoutes.Containers + query, null, AdminJson.Default.ContainerList, Quick, cancellationToken);
    }

    /// <summary>The sessions.</summary>
    /// <param name="ended">Whether to list those that ended last instead of those that live.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SessionList> ListSessionsAsync(bool ended, CancellationToken cancellationToken)
    {
        var query = ended ? $"?{AdminRoutes.StateQuery}=ended" : "";
        return CallAsync(HttpMethod.Get, AdminRoutes.Sessions + query, null, AdminJson.Default.SessionList, Quick, cancellationToken);
    }

    /// <summary>Ends a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="message">A sentence for its client; empty for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task EndSessionAsync(SessionView session, string message, CancellationToken cancellationToken)
    {
        var query = message.Length > 0 ? $"?{AdminRoutes.MessageQuery}={Uri.EscapeDataString(message)}" : "";
        var route = AdminRoutes.For(AdminRoutes.Session, session.Node, session.Id) + query;
        await SendAsync<SessionView>(HttpMethod.Delete, route, null, null, Quick, cancellationToken);
    }

    /// <summary>Gives a container's input to a session alone, or back to all peers.</summary>
    /// <param name="session">The session.</param>
    /// <param name="hold">Whether it alone is to type.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SessionView> HoldInputAsync(SessionView session, bool hold, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post, AdminRoutes.For(AdminRoutes.Input, session.Node, session.Id),
            JsonContent.Create(new InputBody { Hold = hold }, AdminJson.Default.InputBody), AdminJson.Default.SessionView, Quick, cancellationToken);

    /// <summary>One container.</summary>
    /// <param name="reference">What names it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ContainerView> GetContainerAsync(string reference, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, AdminRoutes.For(AdminRoutes.Container, reference), null, AdminJson.Default.ContainerView, Quick, cancellationToken);

    /// <summary>Makes a container.</summary>
    /// <param name="body">What it is to be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ContainerView> CreateAsync(CreateContainerBody body, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post, AdminRoutes.Containers, JsonContent.Create(body, AdminJson.Default.CreateContainerBody),
            AdminJson.Default.ContainerView, Slow, cancellationToken);

    /// <summary>Starts a container that was made to start later.</summary>
    /// <param name="reference">What names it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ContainerView> StartAsync(string reference, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post, AdminRoutes.For(AdminRoutes.Start, reference), null, AdminJson.Default.ContainerView, Slow, cancellationToken);

    /// <summary>Asks for a streaming URL.</summary>
    /// <param name="reference">What names the container.</param>
    /// <param name="body">Which streams.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<AttachAnswer> AttachAsync(string reference, AttachBody body, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post, AdminRoutes.For(AdminRoutes.Attach, reference), JsonContent.Create(body, AdminJson.Default.AttachBody),
            AdminJson.Default.AttachAnswer, Quick, cancellationToken);

    /// <summary>Stops a container.</summary>
    /// <param name="reference">What names it.</param>
    /// <param name="body">How.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ContainerView> StopAsync(string reference, StopBody body, CancellationToken cancellationToken) =>
        CallAsync(
            HttpMethod.Post, AdminRoutes.For(AdminRoutes.Stop, reference), JsonContent.Create(body, AdminJson.Default.StopBody),
            AdminJson.Default.ContainerView, Slow + TimeSpan.FromSeconds(body.TimeoutSeconds ?? StopBody.DefaultTimeoutSeconds), cancellationToken);

    /// <summary>Removes a container.</summary>
    /// <param name="reference">What names it.</param>
    /// <param name="force">Whether to kill PID 1 first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RemoveAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        var route = $"{AdminRoutes.For(AdminRoutes.Container, reference)}?{AdminRoutes.ForceQuery}={(force ? "true" : "false")}";
        await SendAsync<ContainerView>(HttpMethod.Delete, route, null, null, Slow, cancellationToken);
    }

    /// <summary>Asks for an address that logs in once.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<LoginTicket> CreateTicketAsync(CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, AdminRoutes.Tickets, null, AdminJson.Default.LoginTicket, Quick, cancellationToken);

    /// <summary>The recordings.</summary>
    /// <param name="node">The node to ask about; null for all.</param>
    /// <param name="container">The full id of the container that they are of; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<RecordingList> ListRecordingsAsync(string? node, string? container, CancellationToken cancellationToken)
    {
        var query = new[] { (AdminRoutes.NodeQuery, node), (AdminRoutes.ContainerQuery, container) }
            .Where(pair => pair.Item2 is not null)
            .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
        return CallAsync(HttpMethod.Get, $"{AdminRoutes.Recordings}?{string.Join('&', query)}", null, AdminJson.Default.RecordingList, Quick, cancellationToken);
    }

    /// <summary>Copies a recording.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="id">Its id.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="GatewayException">It is not all there.</exception>
    public async Task DownloadAsync(string node, string id, Stream output, CancellationToken cancellationToken)
    {
        // As long as something comes every while, however long it takes in all.
        using var idle = new CancellationTokenSource(Quick, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(AdminRoutes.For(AdminRoutes.Recording, node, id), UriKind.Relative));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await GatewayFault.ReadAsync(_address, response, either.Token);
            }

            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[64 * 1024];
            while (await body.ReadAsync(buffer, either.Token) is > 0 and var count)
            {
                await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                idle.CancelAfter(Quick);
            }
        }
        catch (HttpRequestException fault)
        {
            throw GatewayFault.Unreachable(_address, fault);
        }
        catch (HttpIOException fault)
        {
            throw new GatewayException($"{_address} broke off in the middle of recording {id}: {fault.Message}", inner: fault);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException($"{_address} sent nothing of recording {id} for {Quick.TotalSeconds:0} s: look at the gateway's log, and at 'criattach nodes'");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<T> CallAsync<T>(
        HttpMethod method, string route, HttpContent? content, JsonTypeInfo<T> type, TimeSpan patience, CancellationToken cancellationToken)
        where T : class =>
        await SendAsync(method, route, content, type, patience, cancellationToken)
        ?? throw new GatewayException($"{_address} answered {method} {route} with nothing: is it a CriAttach gateway of this version?");

    private async Task<T?> SendAsync<T>(
        HttpMethod method, string route, HttpContent? content, JsonTypeInfo<T>? type, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, new Uri(route, UriKind.Relative)) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await GatewayFault.ReadAsync(_address, response, either.Token);
            }

            return type is null ? null : await response.Content.ReadFromJsonAsync(type, either.Token);
        }
        catch (HttpRequestException fault)
        {
            throw GatewayFault.Unreachable(_address, fault);
        }
        catch (JsonException fault)
        {
            throw new GatewayException(
                $"{_address} answered {method} {route} with something else than expected: is it a CriAttach gateway of this version?", inner: fault);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException(
                $"{_address} did not answer {method} {route} within {patience.TotalSeconds:0} s: look at the gateway's log, and at 'criattach nodes'");
        }
    }
}
