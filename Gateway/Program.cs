using CriAttach.Gateway.Hosting;

await GatewayApp.Create(args).RunAsync();
