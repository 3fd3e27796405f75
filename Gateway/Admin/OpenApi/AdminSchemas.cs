using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CriAttach.Gateway.Admin.OpenApi;

/// <summary>Says of messages what their C# types cannot: absent values are left out instead of null, and what an answer always has is always there.</summary>
internal sealed class AdminSchemas : IOpenApiSchemaTransformer
{
    private const string Request = "Body";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Type is { } type && type != JsonSchemaType.Null)
        {
            schema.Type = type & ~JsonSchemaType.Null;
        }

        var info = context.JsonTypeInfo;
        if (context.JsonPropertyInfo is null && schema.Properties is { Count: > 0 } && !info.Type.Name.EndsWith(Request, StringComparison.Ordinal))
        {
            schema.Required = new SortedSet<string>(
                info.Properties.Where(property => !property.IsGetNullable && schema.Properties.ContainsKey(property.Name)).Select(property => property.Name), StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }
}
