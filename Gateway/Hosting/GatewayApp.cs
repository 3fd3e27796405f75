namespace CriAttach.Gateway.Hosting;

/// <summary>The gateway as an application.</summary>
internal static class GatewayApp
{
    /// <summary>Puts the gateway together; it does not listen yet.</summary>
    /// <param name="args">The command line.</param>
    public static WebApplication Create(string[] args)
    {
        // appsettings.json is the one beside the program. Nothing reloads settings, so nothing watches files for them.
        string[] defaults = ["--hostBuilder:reloadConfigOnChange=false"];
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = [.. defaults, .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddGatewayFiles(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddGateway(builder.Configuration);
        var app = builder.Build();
        app.UseGateway();
        return app;
    }
}
