using CriAttach.Silo.Agent;
using CriAttach.Silo.Recordings;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Tests.Recordings;

public sealed class RecordingOptionsTests
{
    [Fact]
    public void Defaults_ArePinned()
    {
        var options = new RecordingOptions();
        new RecordingOptionsDefaults(Options.Create(new NodeOptions { StateDirectory = "/s" })).PostConfigure(null, options);
        Assert.Equal("/s/recordings", options.Directory);
        Assert.Equal((false, false, false, ""), (options.Enabled, options.Input, options.FailClosed, options.HmacKeyFile));
        Assert.Equal((64L << 20, 1L << 30, 8L << 30, 1000), (options.MaxFileBytes, options.MaxRecordingBytes, options.MaxTotalBytes, options.MaxRecordings));
        Assert.Equal((TimeSpan.FromDays(30), TimeSpan.FromSeconds(5)), (options.MaxAge, options.Linger));
        Assert.True(new RecordingOptionsValidator().Validate(null, options).Succeeded);
        Assert.True(new RecordingOptionsRules().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Namespace_OverridesWhatItNames()
    {
        var options = new RecordingOptions { Enabled = true, FailClosed = true };
        options.Namespaces["dev"] = new NamespaceRecordingOptions { Enabled = false, FailClosed = false };
        options.Namespaces["bank"] = new NamespaceRecordingOptions { Input = true };
        Assert.Equal(new RecordingPolicy(true, false, true), options.PolicyOf(""));
        Assert.Equal(new RecordingPolicy(false, false, false), options.PolicyOf("dev"));
        Assert.Equal(new RecordingPolicy(true, true, true), options.PolicyOf("bank"));
    }

    [Fact]
    public void BadValues_AreNamed()
    {
        Assert.Contains("MaxFileBytes", Faults(new RecordingOptions { MaxFileBytes = 1 << 20, MaxRecordingBytes = 1 << 19 }), StringComparison.Ordinal);
        Assert.Contains("MaxRecordingBytes", Faults(new RecordingOptions { MaxRecordingBytes = 1L << 40 }), StringComparison.Ordinal);
        Assert.Contains("FailClosed where Enabled is false", Faults(new RecordingOptions { FailClosed = true }), StringComparison.Ordinal);
        Assert.Contains("Namespaces:x says nothing", Faults(new RecordingOptions { Namespaces = { ["x"] = new NamespaceRecordingOptions() } }), StringComparison.Ordinal);
        Assert.Contains("/does/not/exist", Faults(new RecordingOptions { HmacKeyFile = "/does/not/exist" }), StringComparison.Ordinal);
        Assert.Contains("MaxFileBytes", new RecordingOptionsValidator().Validate(null, new RecordingOptions { Directory = "/r", MaxFileBytes = 1 }).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void ShortKey_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["key"], new string('k', 31) + "\n");
        Assert.Contains("31 bytes", Faults(new RecordingOptions { HmacKeyFile = directory["key"] }), StringComparison.Ordinal);
        File.WriteAllText(directory["key"], new string('k', 32) + "\n");
        Assert.Equal(32, RecordingKey.Read(directory["key"])!.Length);
    }

    private static string Faults(RecordingOptions options) => new RecordingOptionsRules().Validate(null, options).FailureMessage ?? "";
}
