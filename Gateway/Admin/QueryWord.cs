using Microsoft.OpenApi;

namespace CriAttach.Gateway.Admin;

/// <summary>A word of a query that is one of an enum's. The framework's own reading knows C#'s names only, and takes numbers and lists too.</summary>
internal static class QueryWord
{
    /// <summary>Reads the word.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="text">The text; none or empty for no word.</param>
    /// <exception cref="BadHttpRequestException">It is no word of the enum.</exception>
    public static T? Parse<T>(string? text)
        where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? null
        : Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true)
        : throw new BadHttpRequestException($"'{text}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    /// <summary>Says in the description for programs which words a parameter takes.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="parameter">The parameter.</param>
    public static RouteHandlerBuilder TakesWord<T>(this RouteHandlerBuilder route, string parameter)
        where T : struct, Enum =>
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            foreach (var found in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(one => one.Name == parameter))
            {
                found.Schema = new OpenApiSchemaReference(typeof(T).Name, context.Document);
            }

            return Task.CompletedTask;
        });
}
