using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using CriAttach.AdminApi;
using CriAttach.Testing.Http;

namespace CriAttach.Testing.Admin;

/// <summary>The admin API over its unix socket.</summary>
/// <param name="socketPath">The socket.</param>
public sealed class AdminClient(string socketPath) : IDisposable
{
    private readonly HttpClient _http = new(UnixSocketHandler.For(socketPath)) { BaseAddress = new Uri("http://localhost") };

    /// <summary>The client, for requests that this class does not know.</summary>
    public HttpClient Http => _http;

    /// <summary>The nodes.</summary>
    public Task<NodeList> NodesAsync(CancellationToken cancellationToken = default) =>
        GetAsync(AdminRoutes.Nodes, AdminJson.Default.NodeList, cancellationToken);

    /// <summary>The containers of all nodes.</summary>
    public Task<ContainerList> ContainersAsync(CancellationToken cancellationToken = default) =>
        GetAsync(AdminRoutes.Containers, AdminJson.Default.ContainerList, cancellationToken);

    /// <summary>One container.</summary>
    public Task<ContainerView> ContainerAsync(string reference, CancellationToken cancellationToken = default) =>
        GetAsync(AdminRoutes.For(AdminRoutes.Container, reference), AdminJson.Default.ContainerView, cancellationToken);

    /// <summary>The sessions of all nodes.</summary>
    public Task<SessionList> SessionsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(AdminRoutes.Sessions, AdminJson.Default.SessionList, cancellationToken);

    /// <summary>The sessions of all nodes that ended last.</summary>
    public Task<SessionList> EndedSessionsAsync(CancellationToken cancellationToken = default) =>
        GetAsync($"{AdminRoutes.Sessions}?{AdminRoutes.StateQuery}=ended", AdminJson.Default.SessionList, cancellationToken);

    /// <summary>Ends a session.</summary>
    public async Task EndSessionAsync(SessionView session, string message, CancellationToken cancellationToken = default)
    {
        var path = $"{AdminRoutes.For(AdminRoutes.Session, session.Node, session.Id)}?{AdminRoutes.MessageQuery}={Uri.EscapeDataString(message)}";
        using var response = await _http.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        await ThrowIfFailedAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a container's input to a session alone, or back to all peers.</summary>
    public Task<SessionView> HoldInputAsync(SessionView session, bool hold, CancellationToken cancellationToken = default) => PostAsync(
        AdminRoutes.For(AdminRoutes.Input, session.Node, session.Id),
        JsonContent.Create(new InputBody { Hold = hold }, AdminJson.Default.InputBody),
        AdminJson.Default.SessionView,
        cancellationToken);

    /// <summary>The recordings of all nodes.</summary>
    public Task<RecordingList> RecordingsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(AdminRoutes.Recordings, AdminJson.Default.RecordingList, cancellationToken);

    /// <summary>A recording, its parts joined.</summary>
    public async Task<byte[]> RecordingAsync(RecordingView recording, CancellationToken cancellationToken = default)
    {
        using var response = await _http.GetAsync(new Uri(AdminRoutes.For(AdminRoutes.Recording, recording.Node, recording.Id), UriKind.Relative), cancellationToken).ConfigureAwait(false);
        await ThrowIfFailedAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An address that logs a browser in, once.</summary>
    public async Task<string> LoginUrlAsync(CancellationToken cancellationToken = default) =>
        (await PostAsync(AdminRoutes.Tickets, content: null, AdminJson.Default.LoginTicket, cancellationToken).ConfigureAwait(false)).Url;

    /// <summary>Makes a container.</summary>
    public Task<ContainerView> CreateAsync(CreateContainerBody body, CancellationToken cancellationToken = default) =>
        PostAsync(AdminRoutes.Containers, JsonContent.Create(body, AdminJson.Default.CreateContainerBody), AdminJson.Default.ContainerView, cancellationToken);

    /// <summary>Starts a container that was made to start later.</summary>
    public Task<ContainerView> StartAsync(string reference, CancellationToken cancellationToken = default) =>
        PostAsync(AdminRoutes.For(AdminRoutes.Start, reference), content: null, AdminJson.Default.ContainerView, cancellationToken);

    /// <summary>Stops a container.</summary>
    public Task<ContainerView> StopAsync(string reference, int timeoutSeconds, CancellationToken cancellationToken = default) => PostAsync(
        AdminRoutes.For(AdminRoutes.Stop, reference),
        JsonContent.Create(new StopBody { TimeoutSeconds = timeoutSeconds }, AdminJson.Default.StopBody),
        AdminJson.Default.ContainerView,
        cancellationToken);

    /// <summary>Asks for a URL.</summary>
    public Task<AttachAnswer> AttachAsync(string reference, AttachBody body, CancellationToken cancellationToken = default) => PostAsync(
        AdminRoutes.For(AdminRoutes.Attach, reference), JsonContent.Create(body, AdminJson.Default.AttachBody), AdminJson.Default.AttachAnswer, cancellationToken);

    /// <summary>Removes a container.</summary>
    public async Task RemoveAsync(string reference, bool force, CancellationToken cancellationToken = default)
    {
        var path = AdminRoutes.For(AdminRoutes.Container, reference) + (force ? $"?{AdminRoutes.ForceQuery}=true" : "");
        using var response = await _http.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        await ThrowIfFailedAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task ThrowIfFailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new AdminException(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> PostAsync<T>(string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using (content)
        {
            using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await ThrowIfFailedAsync(response, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException("The admin API answered null.");
    }
}
