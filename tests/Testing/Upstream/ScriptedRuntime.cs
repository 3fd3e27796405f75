using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CriAttach.Testing.Upstream;

/// <summary>A gRPC server on a unix socket that knows no message: every path does what the test says, all others are Unimplemented in grpc-go's words.</summary>
public sealed class ScriptedRuntime : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _methods = new(StringComparer.Ordinal);
    private WebApplication? _app;

    private ScriptedRuntime(string socketPath) => SocketPath = socketPath;

    /// <summary>The path of the socket.</summary>
    public string SocketPath { get; }

    /// <summary>Starts one.</summary>
    /// <param name="socketPath">Where it listens.</param>
    public static async Task<ScriptedRuntime> StartAsync(string socketPath)
    {
        ScriptedRuntime runtime = new(socketPath);
        await runtime.StartAsync().ConfigureAwait(false);
        return runtime;
    }

    /// <summary>Answers a method.</summary>
    /// <param name="path">The method's path.</param>
    /// <param name="handler">What it does.</param>
    public void On(string path, RequestDelegate handler) => _methods[path] = handler;

    /// <summary>Answers a unary method.</summary>
    /// <param name="path">The method's path.</param>
    /// <param name="answer">The answer to a message.</param>
    public void OnUnary(string path, Func<byte[], byte[]> answer) => On(path, async context =>
    {
        var request = await GrpcBytes.ReadAsync(context.Request.Body).ConfigureAwait(false) ?? throw new InvalidOperationException("There was no message.");
        await SendAsync(context, answer(request)).ConfigureAwait(false);
        End(context, StatusCode.OK);
    });

    /// <summary>Sends a message now.</summary>
    /// <param name="context">The call.</param>
    /// <param name="message">The message.</param>
    public static async Task SendAsync(HttpContext context, byte[] message)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/grpc";
        }

        await context.Response.Body.WriteAsync(GrpcBytes.Framed(message)).ConfigureAwait(false);
        await context.Response.Body.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Says how the call ends, after its messages.</summary>
    /// <param name="context">The call.</param>
    /// <param name="code">The status.</param>
    /// <param name="message">Its text.</param>
    public static void End(HttpContext context, StatusCode code, string message = "")
    {
        context.Response.AppendTrailer("grpc-status", ((int)code).ToString(CultureInfo.InvariantCulture));
        context.Response.AppendTrailer("grpc-message", message);
    }

    /// <summary>Refuses the call with headers alone.</summary>
    /// <param name="context">The call.</param>
    /// <param name="code">The status.</param>
    /// <param name="message">Its text.</param>
    public static void Refuse(HttpContext context, StatusCode code, string message)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = message;
    }

    /// <summary>Cuts the connection of a call, as the end of a process does.</summary>
    /// <param name="context">The call.</param>
    public static void Cut(HttpContext context) => context.Features.Get<IConnectionLifetimeFeature>()!.Abort();

    /// <summary>Listens, at first or again.</summary>
    public async Task StartAsync()
    {
        File.Delete(SocketPath);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
            server.ListenUnixSocket(SocketPath, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync().ConfigureAwait(false);
    }

    /// <summary>Ends at once, and every call with it. The socket's file stays, as it does when a process is killed.</summary>
    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            await _app.DisposeAsync().ConfigureAwait(false);
            _app = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (_methods.TryGetValue(path, out var handler))
        {
            return handler(context);
        }

        var parts = path.TrimStart('/').Split('/');
        Refuse(context, StatusCode.Unimplemented, $"unknown method {parts[^1]} for service {parts[0]}");
        return Task.CompletedTask;
    }
}
