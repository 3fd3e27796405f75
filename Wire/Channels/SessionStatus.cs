using System.Globalization;

namespace CriAttach.Wire.Channels;

/// <summary>How a session ended, as the status channel tells it: a part of Kubernetes' <c>metav1.Status</c>.</summary>
public sealed record SessionStatus
{
    /// <summary>The reason of an exit code.</summary>
    public const string NonZeroExitCodeReason = "NonZeroExitCode";

    /// <summary>The reason of a failed attach.</summary>
    public const string InternalErrorReason = "InternalError";

    /// <summary>The session ended as it should, whatever the container's exit code: attach does not tell that.</summary>
    public static SessionStatus Success { get; } = new() { IsSuccess = true };

    /// <summary>Whether <c>status</c> is "Success" rather than "Failure".</summary>
    public required bool IsSuccess { get; init; }

    /// <summary>What happened, for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>What happened, for machines; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A code in HTTP's manner, or zero for none.</summary>
    public int Code { get; init; }

    /// <summary>The details' first cause in words; may be empty.</summary>
    public string Cause { get; init; } = "";

    /// <summary>The command's exit code, when that is what the status tells.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The JSON document that a runtime sent, or nothing: clients that take JSON get it as it is.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>A failure of any kind.</summary>
    /// <param name="reason">What happened, for machines.</param>
    /// <param name="message">What happened, for people.</param>
    /// <param name="code">A code in HTTP's manner, or zero for none.</param>
    public static SessionStatus Failure(string reason, string message, int code) =>
        new() { IsSuccess = false, Reason = reason, Message = message, Code = code };

    /// <summary>A failed attach: code 500.</summary>
    /// <param name="error">What went wrong, such as "error attaching to container: it is gone".</param>
    public static SessionStatus InternalError(string error) =>
        Failure(InternalErrorReason, $"Internal error occurred: {error}", 500) with { Cause = error };

    /// <summary>A command that ended with an exit code other than zero. Exec tells this, attach never does.</summary>
    /// <param name="exitCode">The exit code.</param>
    public static SessionStatus NonZeroExitCode(int exitCode)
    {
        var digits = exitCode.ToString(CultureInfo.InvariantCulture);
        var message = $"command terminated with non-zero exit code: exit status {digits}";
        return Failure(NonZeroExitCodeReason, message, code: 0) with { ExitCode = exitCode };
    }
}
