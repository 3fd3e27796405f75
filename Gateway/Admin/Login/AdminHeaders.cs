namespace CriAttach.Gateway.Admin.Login;

/// <summary>What browsers are told about every answer of the listener; a page loosens it for itself.</summary>
internal static class AdminHeaders
{
    /// <summary>The policy of what is no page: nothing is loaded for it.</summary>
    public const string NoContent = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Sets the headers.</summary>
    /// <param name="headers">The answer's headers.</param>
    public static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = NoContent;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.Vary = "Origin";
    }
}
