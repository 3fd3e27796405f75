using System.Buffers.Text;
using System.Text.Json;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Admin;

/// <summary>A place in the order of lists. A list that goes on behind a place neither repeats nor leaves out what was there all the time.</summary>
/// <param name="Node">The node.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Name">The name.</param>
/// <param name="Id">The id.</param>
internal sealed record ContainerPlace(string Node, string Namespace, string Pod, string Name, string Id) : IComparable<ContainerPlace>
{
    private const int Parts = 5;

    /// <summary>The place of a container.</summary>
    /// <param name="info">The container.</param>
    public static ContainerPlace Of(ContainerInfo info) => new(info.Key.Node, info.Spec.PodNamespace, info.Spec.PodName, info.Spec.Name, info.Key.ContainerId);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text; none for the beginning.</param>
    /// <exception cref="BadHttpRequestException">It was written elsewhere.</exception>
    public static ContainerPlace? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return Base64Url.IsValid(text) && JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text)) is [{ } node, { } space, { } pod, { } name, { } id]
                ? new ContainerPlace(node, space, pod, name, id)
                : throw Foreign();
        }
        catch (JsonException)
        {
            throw Foreign();
        }
    }

    /// <inheritdoc/>
    public int CompareTo(ContainerPlace? other)
    {
        for (var part = 0; part < Parts; part++)
        {
            if (string.CompareOrdinal(Part(part), other?.Part(part)) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([Node, Namespace, Pod, Name, Id]));

    private static BadHttpRequestException Foreign() => new("continue is not what a list has answered");

    private string Part(int number) => number switch
    {
        0 => Node,
        1 => Namespace,
        2 => Pod,
        3 => Name,
        _ => Id,
    };
}
