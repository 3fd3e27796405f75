using CriAttach.AdminApi;
using CriAttach.Gateway.Auth;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CriAttach.Gateway.Admin.OpenApi;

/// <summary>What the document says as a whole: who may call, and the messages of the feed, which no route returns.</summary>
internal sealed class AdminDocumentText : IOpenApiDocumentTransformer
{
    private static readonly Type[] FeedMessages = [typeof(FeedHello), typeof(NodeList), typeof(ContainerChanges), typeof(SessionChanges), typeof(GatewayView)];

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
            document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken));
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
}
