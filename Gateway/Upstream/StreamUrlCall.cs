using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Relay;
using CriAttach.Protos.Runtime.V1;
using Google.Protobuf;

namespace CriAttach.Gateway.Upstream;

/// <summary>A method whose answer is the URL of a stream.</summary>
/// <param name="Replace">
/// From the URLs of ours, the request, the runtime's answer and who is going to open it: the answer with a URL of ours; none where it holds no URL that could be dialled.
/// </param>
internal sealed record StreamUrlCall(Func<IRelayUrls, byte[], byte[], UrlProfile, byte[]?> Replace)
{
    private static readonly StreamUrlCall Exec = new(ReplaceExec);
    private static readonly StreamUrlCall PortForward = new(ReplacePortForward);

    /// <summary>The method of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The method; none where it is of another kind.</returns>
    public static StreamUrlCall? Find(PathString path) => path.Value switch
    {
        "/runtime.v1.RuntimeService/Exec" or "/runtime.v1alpha2.RuntimeService/Exec" => Exec,
        "/runtime.v1.RuntimeService/PortForward" or "/runtime.v1alpha2.RuntimeService/PortForward" => PortForward,
        _ => null,
    };

    private static byte[]? ReplaceExec(IRelayUrls urls, byte[] request, byte[] answer, UrlProfile profile)
    {
        var asked = ExecRequest.Parser.ParseFrom(request);
        var response = ExecResponse.Parser.ParseFrom(answer);
        if (Dialled(response.Url) is not { } upstream)
        {
            return null;
        }

        response.Url = urls.ForExec(new ExecStreams(asked.Tty, asked.Stdin, asked.Stdout, asked.Stderr), upstream, profile);
        return response.ToByteArray();
    }

    private static byte[]? ReplacePortForward(IRelayUrls urls, byte[] request, byte[] answer, UrlProfile profile)
    {
        var response = PortForwardResponse.Parser.ParseFrom(answer);
        if (Dialled(response.Url) is not { } upstream)
        {
            return null;
        }

        response.Url = urls.ForPortForward(upstream, profile);
        return response.ToByteArray();
    }

    /// <summary>What a runtime means by its URL; some leave the scheme away.</summary>
    private static Uri? Dialled(string url)
    {
        var whole = url.StartsWith("//", StringComparison.Ordinal) ? $"{Uri.UriSchemeHttp}:{url}" : url;
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0
            ? uri
            : null;
    }
}
