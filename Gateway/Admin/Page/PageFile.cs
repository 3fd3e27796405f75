namespace CriAttach.Gateway.Admin.Page;

/// <summary>A file of the page.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Zipped">The same through gzip; none where that saves nothing.</param>
/// <param name="IsForever">Whether its name changes with its content.</param>
internal sealed record PageFile(string ContentType, byte[] Content, byte[]? Zipped, bool IsForever);
