using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Recordings;

/// <summary>Checks what the properties of <see cref="RecordingOptions"/> say together.</summary>
internal sealed class RecordingOptionsRules : IValidateOptions<RecordingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RecordingOptions options)
    {
        var faults = new List<string>();
        if (options.MaxFileBytes > options.MaxRecordingBytes)
        {
            faults.Add("MaxFileBytes is more than MaxRecordingBytes: a recording would never get a second file");
        }

        if (options.MaxRecordingBytes > options.MaxTotalBytes)
        {
            faults.Add("MaxRecordingBytes is more than MaxTotalBytes: a recording alone could have no room");
        }

        foreach (var (podNamespace, own) in options.Namespaces)
        {
            if (podNamespace.Length == 0 || own is { Enabled: null, Input: null, FailClosed: null })
            {
                faults.Add($"Namespaces:{podNamespace} says nothing: it takes Enabled, Input and FailClosed");
            }
        }

        var policies = options.Namespaces.Keys.Append("").Select(options.PolicyOf);
        if (policies.Any(policy => policy is { Enabled: false, FailClosed: true }))
        {
            faults.Add("FailClosed where Enabled is false: what is not recorded cannot fail");
        }

        if (options.HmacKeyFile.Length > 0)
        {
            try
            {
                RecordingKey.Read(options.HmacKeyFile);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                faults.Add($"HmacKeyFile: {fault.Message}");
            }
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults.Select(fault => $"{RecordingOptions.Section}: {fault}")) : ValidateOptionsResult.Success;
    }
}
