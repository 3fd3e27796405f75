namespace CriAttach.Gateway.Admin;

/// <summary>A request that cannot be met.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">The kind of the problem.</param>
/// <param name="detail">What was wrong, and what to do.</param>
internal sealed class AdminFaultException(int status, string title, string detail) : Exception(detail)
{
    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Gets the kind of the problem.</summary>
    public string Title { get; } = title;
}
