using CriAttach.Cli.Streaming;

namespace CriAttach.Cli.Tests.Fakes;

/// <summary>A session of the product with a fake gateway at its other end.</summary>
internal sealed class FakeSession : IAsyncDisposable
{
    public static readonly Uri Url = new("http://gateway.test:8080/attach/secret");

    public required AttachSession Client { get; init; }

    public required FakePeer Gateway { get; init; }

    public static async Task<FakeSession> OpenAsync(int pieceLength = int.MaxValue, AttachSessionOptions? options = null)
    {
        var (client, server) = DuplexStream.Pair();
        var gateway = new FakePeer(server) { PieceLength = pieceLength };
        var accepted = gateway.AcceptAsync();
        var session = await AttachSession.OpenAsync(client, Url, options ?? new());
        await accepted;
        return new() { Client = session, Gateway = gateway };
    }

    public async Task<AttachEnd> DrainAsync()
    {
        while (await Client.ReadAsync() is not null)
        {
        }

        return Assert.IsType<AttachEnd>(Client.End);
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
