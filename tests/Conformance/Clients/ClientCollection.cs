namespace CriAttach.Conformance.Tests.Clients;

/// <summary>The tests with clients that nobody here wrote.</summary>
[CollectionDefinition(ClientCluster.Name)]
public sealed class ClientCollection : ICollectionFixture<ClientCluster>;
