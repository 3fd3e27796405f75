namespace CriAttach.Silo.CriLogs;

/// <summary>How much of a container's log is kept.</summary>
/// <param name="FileBytes">The size from which on a file is rotated.</param>
/// <param name="Files">How many files of that size are kept, the newest included. Smaller ones, left by restarts of the silo, count by their size.</param>
internal sealed record CriLogLimits(long FileBytes, int Files)
{
    /// <summary>Gets the most bytes of all files.</summary>
    public long TotalBytes => FileBytes * Files;
}
