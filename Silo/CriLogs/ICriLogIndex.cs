using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.CriLogs;

/// <summary>The files of one container's log, and at which output offset each begins.</summary>
internal interface ICriLogIndex
{
    /// <summary>Gets the files, the oldest first; never none.</summary>
    ImmutableArray<CriLogFile> All { get; }

    /// <summary>Gets what completes when it is known where the newest file begins; at once when no rotation is under way.</summary>
    Task Settled { get; }

    /// <summary>Opens the file that an offset lies in.</summary>
    /// <returns>None when it is gone.</returns>
    (CriLogFile File, SafeFileHandle Handle)? OpenAt(long offset);
}
