using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Gateway.Auth;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CriAttach.Gateway.Admin.OpenApi;

/// <summary>What the document says as a whole: who may call, and the messages of the feed, which no route returns.</summary>
internal sealed class AdminDocumentText : IOpenApiDocumentTransformer
{
    private static readonly Type[] FeedMessages = [typeof(FeedHello), typeof(FeedKey), typeof(ContainerChanges), typeof(SessionChanges), typeof(GatewayView)];

    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CriAttach admin API",
            Version = "v1",
            Description = "Nodes, containers and sessions of a CriAttach cluster. Over the gateway's unix socket no proof is needed; over TCP the token or a login is. docs/admin-api.md says more.",
        };

        // Where the gateway was asked is no part of what it can do.
        document.Servers = [];
        foreach (var type in FeedMessages)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken);
            UseNames(schema, type, document);
            document.AddComponent(type.Name, schema);
        }

        foreach (var schema in document.Components?.Schemas?.Values ?? [])
        {
            schema.Description = AdminWords.Of(schema.Description);
            foreach (var property in schema.Properties?.Values ?? [])
            {
                property.Description = AdminWords.Of(property.Description);
            }
        }

        document.AddComponent("token", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The content of AdminTokenFile." });
        document.AddComponent("login", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = LoginCookie.Name,
            Description = $"The page's own login. Changes need the header {AdminRoutes.CsrfHeader} too.",
        });
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("login", document)] = [] },
        ];
    }

    // A schema that is asked for by itself comes without references to those that the document has already.
    private static void UseNames(OpenApiSchema schema, Type type, OpenApiDocument document)
    {
        foreach (var property in type.GetProperties().Where(property => property.PropertyType.IsGenericType))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (schema.Properties is { } properties && properties.TryGetValue(name, out var found) && found is OpenApiSchema { Type: JsonSchemaType.Array } list)
            {
                list.Items = new OpenApiSchemaReference(property.PropertyType.GenericTypeArguments[0].Name, document);
            }
        }
    }
}
