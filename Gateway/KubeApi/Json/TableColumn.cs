namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its title.</param>
/// <param name="Type">The type of its cells.</param>
/// <param name="Priority">0 for always, 1 for <c>-o wide</c>.</param>
/// <param name="Format">The format of its cells.</param>
internal sealed record TableColumn(string Name, string Type, int Priority = 0, string Format = "");
