using CriAttach.Testing.Attach;
using CriAttach.Testing.Isulad;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.EndToEnd.Tests.CriUpstream;

/// <summary>Containers of iSulad, which is a fake, attached to by way of a real silo and gateway.</summary>
public sealed class IsuladTests(IsuladCluster cluster) : IClassFixture<IsuladCluster>
{
    [Fact]
    public async Task Echo_OfSeveralClients()
    {
        var container = cluster.Run(echoes: true);
        await using var first = await AttachAsync(container);
        await first.InputAsync("hello\n");
        await first.Stdout.ContainsAsync("hello\n");
        await using var second = await AttachAsync(container);
        await second.InputAsync("both\n");
        await first.Stdout.ContainsAsync("both\n");
        await second.Stdout.ContainsAsync("both\n");
    }

    [Fact]
    public async Task Case50_BytesThatAreNoUtf8ThenAnAbruptClose_EverythingThenSuccess()
    {
        var container = cluster.Run();
        await using var client = await AttachAsync(container);
        await Until.TrueAsync(() => container.Attached > 0, TimeSpan.FromSeconds(20), "the silo is attached");
        await container.WriteAsync(StdioChannel.Stdout, new byte[] { 0xFF, 0xC0, 0x80, 0x0A });
        await client.Stdout.LengthAsync(4);
        await container.WriteAsync(StdioChannel.Stderr, "last\n"u8.ToArray());
        container.Exit();
        var end = await client.EndAsync();
        Assert.Equal((ushort?)1000, end.CloseCode);
        Assert.Contains("Success", end.Status, StringComparison.Ordinal);
        Assert.Equal("last\n", client.Stderr.ToString());
    }

    private async Task<AttachClient> AttachAsync(FakeIsuladContainer container)
    {
        var url = await cluster.Gateway.AttachAsync(container.Id);
        return await AttachClient.OpenAsync(cluster.Gateway.Here(url), StreamProtocol.V5);
    }
}
