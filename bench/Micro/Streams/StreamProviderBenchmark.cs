using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using CriAttach.Streams.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace CriAttach.Micro.Streams;

/// <summary>
/// The stdio stream provider between a silo and a client, both in this process with a loopback connection between them:
/// output per chunk of 64 KiB, and the round trip of one byte, from publish to delivery, through a container that echoes.
/// </summary>
public class StreamProviderBenchmark : IDisposable
{
    private const int Chunks = 64;
    private const int ChunkSize = 64 * 1024;

    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly ByteCounter _received = new();
    private readonly EchoEndpoint _endpoint = new();
    private readonly Guid _producer = Guid.NewGuid();
    private IHost? _silo;
    private IHost? _client;
    private IAsyncStream<StdioChunk>? _input;
    private long _typed;

    [GlobalSetup]
    public async Task StartAsync()
    {
        (int siloPort, int gatewayPort) = (FreePort(), FreePort());
        HostApplicationBuilder silo = Builder();
        silo.Services.AddSingleton<IStdioEndpoints>(_endpoint);
        silo.UseOrleans(orleans => orleans.UseLocalhostClustering(siloPort, gatewayPort).AddStdioStreams());
        _silo = silo.Build();
        await _silo.StartAsync().ConfigureAwait(false);

        HostApplicationBuilder client = Builder();
        client.UseOrleansClient(orleans => orleans.UseLocalhostClustering(gatewayPort).AddStdioStreams());
        _client = client.Build();
        await _client.StartAsync().ConfigureAwait(false);

        IStreamProvider provider = _client.Services.GetRequiredService<IClusterClient>().GetStreamProvider(StdioStreams.ProviderName);
        await provider.GetStream<StdioChunk>(StdioStreams.Output(EchoEndpoint.Key)).SubscribeAsync(_received).ConfigureAwait(false);
        _input = provider.GetStream<StdioChunk>(StdioStreams.Input(EchoEndpoint.Key));
        _endpoint.Input.AddProducer(_producer);
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _client!.StopAsync().ConfigureAwait(false);
        await _silo!.StopAsync().ConfigureAwait(false);
        _client.Dispose();
        _silo.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _endpoint.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Chunks)]
    public async Task OutputAsync()
    {
        long end = _received.Count + (Chunks * (long)ChunkSize);
        Task received = _received.ReachAsync(end);
        for (int i = 0; i < Chunks; i++)
        {
            await _endpoint.Output.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
            _endpoint.Output.Append(StdioStream.Stdout, _chunk);
        }

        await received.ConfigureAwait(false);
    }

    [Benchmark]
    public async Task EchoAsync()
    {
        Task received = _received.ReachAsync(_received.Count + 1);
        StdioChunk chunk = new() { Stream = StdioStream.Stdin, Producer = _producer, Offset = _typed++, Data = _chunk.AsMemory(0, 1) };
        await _input!.OnNextAsync(chunk).ConfigureAwait(false);
        await received.ConfigureAwait(false);
    }

    private static HostApplicationBuilder Builder()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        return builder;
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
