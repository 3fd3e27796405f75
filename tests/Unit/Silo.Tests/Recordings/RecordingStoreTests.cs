using CriAttach.Interfaces.Recordings;
using CriAttach.Silo.Recordings;
using CriAttach.Wire.Recordings;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Silo.Tests.Recordings;

public sealed class RecordingStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly RecordingOptions _options;

    public RecordingStoreTests() => _options = new RecordingOptions { Directory = _directory["r"], Enabled = true };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task SiloDied_RecordingIsBrokenAndItsFilesStayAsTheyAre()
    {
        // A copy of the files in the middle of a recording is what a killed silo leaves.
        var node = new RecordedFake(_options);
        node.Attach("a");
        node.Write("hello");
        node.Write(new string('x', 200_000));
        await WrittenAsync(node);
        var copy = _directory["copy"];
        Copy(_options.Directory, copy);
        await node.Recorder.StopAsync();

        var before = Directory.GetFiles(copy, "*.cast", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
        var store = Store(new RecordingOptions { Directory = copy, Enabled = true });
        var info = Assert.Single(store.List(""));
        Assert.Equal((RecordingState.Broken, 1), (info.State, info.Parts));
        Assert.Contains("node agent ended", info.Reason, StringComparison.Ordinal);
        Assert.All(before, pair => Assert.Equal(pair.Value, File.ReadAllBytes(pair.Key)));
        Assert.Equal(info.Bytes, before.Values.Sum(bytes => bytes.Length));
        Assert.InRange(store.EndOf(node.Info.Key.ContainerId, epoch: 7)!.Value, 1, 200_005);
        Assert.Null(store.EndOf(node.Info.Key.ContainerId, epoch: 8));
        using var verifier = new ChainVerifier(null);
        verifier.BeginFile();
        verifier.Append(before.Values.Single());
        Assert.Equal(ChainState.Incomplete, verifier.Complete().State);
        Assert.Equal(RecordingState.Broken, Assert.Single(Store(new RecordingOptions { Directory = copy, Enabled = true }).List("")).State);
    }

    [Fact]
    public async Task WhatLiesThere_DoesNotKeepTheSiloFromStarting()
    {
        var node = new RecordedFake(_options, _clock);
        await RecordAsync(node, "a", 10);
        var folder = Directory.GetDirectories(_options.Directory).Single();
        Copy(folder, folder + ".copy");
        var other = Directory.CreateDirectory(Path.Combine(_options.Directory, "0"));
        File.WriteAllText(Path.Combine(other.FullName, "20260101T000000000Z-0123456789ab.json"), "{\"info\":null,\"epoch\":1,\"offset\":2}");
        File.WriteAllText(Path.Combine(other.FullName, "20260101T000000000Z-0123456789ac.json"), "null");
        File.WriteAllText(Path.Combine(other.FullName, "20260101T000000000Z-0123456789ad.json"), "[");
        File.WriteAllText(Path.Combine(other.FullName, "20260101T000000000Z-0123456789ae.json"), File.ReadAllText(Directory.GetFiles(folder, "*.json").Single()));
        Directory.CreateDirectory(Path.Combine(other.FullName, "20260101T000000000Z-0123456789af.json"));
        var store = Store(_options);
        Assert.Equal(["a"], Assert.Single(store.List("")).Participants);
        Assert.Equal(folder, store.Find(store.List("")[0].Id)!.Folder);
        Assert.True(Directory.Exists(folder + ".copy"));
    }

    [Fact]
    public async Task FolderThatCannotBeListed_IsLeftAlone()
    {
        // Root is refused no folder but one whose path is too long.
        var node = new RecordedFake(_options, _clock);
        await RecordAsync(node, "a", 10);
        var deep = _directory.Path;
        while (deep.Length < 3880)
        {
            deep = Path.Combine(deep, new string('d', Math.Min(200, 3890 - deep.Length)));
        }

        Directory.CreateDirectory(deep);
        var root = Path.Combine(deep, "r");
        var unlistable = Path.Combine(_options.Directory, new string('l', 250));
        Directory.CreateDirectory(unlistable);
        Directory.Move(_options.Directory, root);
        try
        {
            Assert.Single(Store(new RecordingOptions { Directory = root, Enabled = true }).List(""));
        }
        finally
        {
            Directory.Move(root, _options.Directory);
        }
    }

    [Fact]
    public async Task TornRecording_StaysKnownThoughNothingCanBeWritten()
    {
        var node = new RecordedFake(_options);
        node.Attach("a");
        node.Write(new string('x', 200_000));
        await WrittenAsync(node);
        var copy = _directory["copy"];
        Copy(_options.Directory, copy);
        await node.Recorder.StopAsync();
        Directory.CreateDirectory(Directory.GetFiles(copy, "*.json", SearchOption.AllDirectories).Single() + ".new");
        var info = Assert.Single(Store(new RecordingOptions { Directory = copy, Enabled = true }).List(""));
        Assert.Equal((RecordingState.Broken, 1), (info.State, info.Parts));
    }

    [Fact]
    public async Task PartWithoutAByte_IsNone()
    {
        var node = new RecordedFake(_options);
        await RecordAsync(node, "a", 10);
        var info = Assert.Single(node.Store.List(""));
        var files = node.Store.Find(info.Id)!;
        var whole = await node.BytesAsync(info.Id);
        File.WriteAllBytes(files.Part(2), []);
        Assert.Single(files.Parts());
        Assert.Equal(whole, await node.BytesAsync(info.Id));
        files.Delete();
        Assert.Empty(Directory.GetFileSystemEntries(_options.Directory));
    }

    [Fact]
    public async Task TooOld_IsRemoved()
    {
        var node = new RecordedFake(_options, _clock);
        await RecordAsync(node, "a", 10);
        _clock.Advance(_options.MaxAge - TimeSpan.FromSeconds(1));
        node.Store.Prune();
        Assert.Single(node.Store.List(""));
        _clock.Advance(TimeSpan.FromSeconds(1));
        node.Store.Prune();
        Assert.Empty(node.Store.List(""));
        Assert.Empty(Directory.GetFileSystemEntries(_options.Directory));
    }

    [Fact]
    public async Task TooMany_TheOldestGo()
    {
        _options.MaxRecordings = 2;
        var node = new RecordedFake(_options, _clock);
        await RecordAsync(node, "a", 10);
        await RecordAsync(node, "b", 10);
        await RecordAsync(node, "c", 10);
        Assert.Equal(["c", "b"], node.Store.List("").SelectMany(info => info.Participants));
    }

    [Fact]
    public async Task TooMuch_TheOldestGo()
    {
        (_options.MaxFileBytes, _options.MaxRecordingBytes, _options.MaxTotalBytes) = (100_000, 200_000, 250_000);
        var node = new RecordedFake(_options, _clock);
        await RecordAsync(node, "a", 90_000);
        await RecordAsync(node, "b", 90_000);
        await RecordAsync(node, "c", 90_000);
        Assert.Equal(["c", "b"], node.Store.List("").SelectMany(info => info.Participants));
        Assert.All(node.Store.List(""), info => Assert.Equal(RecordingState.Complete, info.State));
    }

    [Fact]
    public void NothingToMakeRoomOf_EndsTheRecording()
    {
        (_options.MaxFileBytes, _options.MaxRecordingBytes, _options.MaxTotalBytes) = (4096, 8192, 8192);
        var store = Store(_options);
        store.Take(8192);
        Assert.Contains("MaxTotalBytes", Assert.Throws<RecordingEndedException>(() => store.Take(1)).Message, StringComparison.Ordinal);
        store.Settle(-1);
        store.Take(1);
    }

    private RecordingStore Store(RecordingOptions options)
    {
        var store = new RecordingStore(Options.Create(options), _clock, NullLogger<RecordingStore>.Instance);
        store.Open();
        return store;
    }

    private async Task RecordAsync(RecordedFake node, string session, int bytes)
    {
        node.Attach(session, offset: node.Output.Head);
        node.Write(new string('x', bytes));
        node.Leave(session);
        await node.Recorder.StopAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Waits until some of the output is in the file.</summary>
    private static async Task WrittenAsync(RecordedFake node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (node.Store.List("") is not [{ Bytes: > 64 * 1024 }])
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
