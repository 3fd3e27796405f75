using System.Runtime.InteropServices;

namespace CriAttach.Silo.Native;

/// <summary>Makes exceptions of errno.</summary>
internal static class NativeError
{
    /// <summary>The error of the last call.</summary>
    public static IOException Last(string what) => From(Marshal.GetLastPInvokeError(), what);

    /// <summary>A given error.</summary>
    public static IOException From(int error, string what) =>
        new($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);
}
