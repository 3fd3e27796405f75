using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Conformance.Tests.Gateways;

namespace CriAttach.Conformance.Tests.Peers;

/// <summary>A listener of the live feed, as a browser's EventSource is one.</summary>
internal sealed class FeedClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private FeedClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _reader = new StreamReader(body);
    }

    public static async Task<FeedClient> OpenAsync(HttpClient http)
    {
        var response = await http.GetAsync(new Uri(AdminRoutes.Events, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new FeedClient(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads on to an event that passes a test.</summary>
    public async Task<JsonElement> UntilAsync(string name, Predicate<JsonElement> test)
    {
        using var patience = new CancellationTokenSource(GatewayFixture.Patience);
        var current = "";
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                current = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && current == name)
            {
                using var data = JsonDocument.Parse(line["data: ".Length..]);
                if (test(data.RootElement))
                {
                    return data.RootElement.Clone();
                }
            }
        }

        throw new EndOfStreamException($"the feed ended before the event {name}");
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
