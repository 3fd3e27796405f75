using CriAttach.Interfaces.Faults;
using CriAttach.Protos.Runtime.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.CriUpstream.Cri;

/// <summary>What is asked of the other runtime. One that is down is <see cref="NodeUnavailableException"/>, a refusal is <see cref="RuntimeFailureException"/>.</summary>
internal sealed class CriClient : IDisposable
{
    private const int MaxMessage = 16 * 1024 * 1024;

    // CRI-O says so with no code of its own.
    private static readonly string[] NotFoundTexts = ["not found", "could not find", "does not exist"];

    private readonly GrpcChannel _channel;
    private readonly RuntimeService.RuntimeServiceClient _runtime;
    private readonly CriUpstreamOptions _options;

    /// <summary>Makes a client; it connects on first use.</summary>
    public CriClient(IOptions<CriUpstreamOptions> options)
    {
        _options = options.Value;
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = CriSocket.HandlerFor(_options.Socket),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxMessage,
            MaxSendMessageSize = MaxMessage,
        });
        _runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    /// <summary>All containers.</summary>
    public async Task<IReadOnlyList<Container>> ListAsync(CancellationToken cancellationToken) =>
        (await CallAsync(options => _runtime.ListContainersAsync(new ListContainersRequest(), options), TimeSpan.Zero, cancellationToken).ConfigureAwait(false)).Containers;

    /// <summary>What the sandboxes are called, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, PodName>> PodsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(options => _runtime.ListPodSandboxAsync(new ListPodSandboxRequest(), options), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return answer.Items.ToDictionary(pod => pod.Id, pod => new PodName(pod.Metadata?.Namespace ?? "", pod.Metadata?.Name ?? ""), StringComparer.Ordinal);
    }

    /// <summary>One container, with what the runtime tells beyond the protocol; none when it has no such container.</summary>
    public async Task<ContainerStatusResponse?> StatusAsync(string containerId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ContainerStatusRequest { ContainerId = containerId, Verbose = true };
            return await CallAsync(options => _runtime.ContainerStatusAsync(request, options), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (ContainerNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Asks for an address at which the container's standard streams can be had, once.</summary>
    public async Task<Uri> AttachAsync(string containerId, UpstreamStreams streams, CancellationToken cancellationToken)
    {
        var request = new AttachRequest { ContainerId = containerId, Stdin = streams.Stdin, Tty = streams.Tty, Stdout = streams.Stdout, Stderr = streams.Stderr };
        var answer = await CallAsync(options => _runtime.AttachAsync(request, options), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return Uri.TryCreate(answer.Url, UriKind.Absolute, out var url)
            ? url
            : throw new RuntimeFailureException("the runtime answered Attach with something that is no URL");
    }

    /// <summary>Stops a container; returns when it has ended.</summary>
    public Task StopAsync(string containerId, TimeSpan grace, CancellationToken cancellationToken)
    {
        var request = new StopContainerRequest { ContainerId = containerId, Timeout = (long)Math.Ceiling(grace.TotalSeconds) };
        return CallAsync(options => _runtime.StopContainerAsync(request, options), grace + _options.CallTimeout + _options.CallTimeout, cancellationToken);
    }

    /// <summary>Removes a container.</summary>
    public Task RemoveAsync(string containerId, CancellationToken cancellationToken) =>
        CallAsync(options => _runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = containerId }, options), TimeSpan.Zero, cancellationToken);

    /// <summary>Waits for events and calls back at each, until the runtime ends it.</summary>
    /// <returns><c>false</c> when the runtime has no events at all.</returns>
    public async Task<bool> WatchAsync(Action happened, CancellationToken cancellationToken)
    {
        try
        {
            using var events = _runtime.GetContainerEvents(new GetEventsRequest(), cancellationToken: cancellationToken);
            while (await events.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                happened();
            }

            return true;
        }
        catch (RpcException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return fault.StatusCode != StatusCode.Unimplemented;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, TimeSpan atLeast, CancellationToken cancellationToken)
    {
        var patience = atLeast > _options.CallTimeout ? atLeast : _options.CallTimeout;
        try
        {
            // What gRPC takes the time that is left by is the machine's clock.
            return await call(new CallOptions(deadline: (TimeProvider.System.GetUtcNow() + patience).UtcDateTime, cancellationToken: cancellationToken));
        }
        catch (RpcException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(fault, patience);
        }
    }

    private CriAttachException Translate(RpcException fault, TimeSpan patience) => fault.StatusCode switch
    {
        StatusCode.Unavailable => new NodeUnavailableException($"the runtime at {_options.Socket} does not answer: {fault.Status.Detail}"),
        StatusCode.DeadlineExceeded => new NodeUnavailableException($"the runtime at {_options.Socket} did not answer within {patience.TotalSeconds:f0} s"),
        StatusCode.NotFound => new ContainerNotFoundException(fault.Status.Detail),
        StatusCode.Unknown when NotFoundTexts.Any(text => fault.Status.Detail.Contains(text, StringComparison.OrdinalIgnoreCase)) =>
            new ContainerNotFoundException(fault.Status.Detail),
        _ => new RuntimeFailureException($"the runtime refused ({fault.StatusCode}): {fault.Status.Detail}"),
    };
}
