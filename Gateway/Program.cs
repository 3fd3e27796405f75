using CriAttach.Gateway.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Configuration.AddGatewayFiles(args);
builder.WebHost.UseKestrelCore();
builder.WebHost.UseKestrelHttpsConfiguration();
builder.Services.AddGateway(builder.Configuration);
var app = builder.Build();
app.UseGateway();
await app.RunAsync();
