namespace CriAttach.Gateway.Admin.Page;

/// <summary>Where the page opens its terminals.</summary>
internal interface IStreamOrigins
{
    /// <summary>Gets the origins, http or https.</summary>
    IReadOnlyList<string> All { get; }
}
