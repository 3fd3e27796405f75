using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Admin.Login;

/// <summary>What the admin API's TCP listener is to its callers.</summary>
internal interface IAdminListener
{
    /// <summary>Gets the token that callers show; none where there is no such listener.</summary>
    BearerToken? Token { get; }

    /// <summary>Gets the page's address, without a slash at the end.</summary>
    /// <exception cref="InvalidOperationException">There is no such listener, or the gateway has not started.</exception>
    string BaseUrl { get; }

    /// <summary>Gets a value indicating whether browsers are to send the login over TLS only.</summary>
    bool IsSecure { get; }

    /// <summary>Gets the origins that pages of other addresses have and that may call.</summary>
    IReadOnlyCollection<string> Listed { get; }

    /// <summary>Gets the origins of the page itself.</summary>
    IReadOnlyCollection<string> Own { get; }
}
