namespace CriAttach.Gateway.Admin;

/// <summary>The routes of one kind of resource.</summary>
internal interface IAdminEndpoints
{
    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    void Map(IEndpointRouteBuilder routes);
}
