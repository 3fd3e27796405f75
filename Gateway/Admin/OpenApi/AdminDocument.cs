using System.Text.Json.Serialization;
using CriAttach.AdminApi;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Json;

namespace CriAttach.Gateway.Admin.OpenApi;

/// <summary>The description of the admin API for programs, made of the routes and messages themselves (OpenAPI 3.1).</summary>
internal static class AdminDocument
{
    private const string Name = "v1";

    /// <summary>Registers what makes it.</summary>
    /// <param name="services">The services.</param>
    public static void AddAdminDocument(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            var written = AdminJson.Default.Options;
            var options = json.SerializerOptions;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.DefaultIgnoreCondition = written.DefaultIgnoreCondition;
            foreach (var converter in written.Converters)
            {
                options.Converters.Add(converter);
            }

            options.TypeInfoResolverChain.Insert(0, AdminJson.Default);
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi(Name, document =>
        {
            document.ShouldInclude = route => route.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().Any();
            document.AddSchemaTransformer(new AdminSchemas());
            document.AddDocumentTransformer(new AdminDocumentText());
        });
    }

    /// <summary>Maps its route.</summary>
    /// <param name="routes">Where to.</param>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi(AdminRoutes.OpenApi);
}
