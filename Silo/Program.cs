using CriAttach.Silo.Hosting;

await SiloHost.Create(args).RunAsync().ConfigureAwait(false);
