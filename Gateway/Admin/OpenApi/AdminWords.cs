using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin.OpenApi;

/// <summary>Comments of the C# source in the words of those who see JSON.</summary>
internal static partial class AdminWords
{
    private static readonly Assembly Messages = typeof(AdminRoutes).Assembly;

    /// <summary>Rewrites a comment.</summary>
    /// <param name="comment">The comment, as the generator of the document has it.</param>
    public static string? Of(string? comment)
    {
        if (string.IsNullOrEmpty(comment))
        {
            return comment;
        }

        var text = Reference().Replace(comment, match => Named(match) ?? match.Value);
        text = text.StartsWith("Gets a value indicating whether ", StringComparison.Ordinal) ? $"Whether {text["Gets a value indicating whether ".Length..]}"
            : text.StartsWith("Gets ", StringComparison.Ordinal) ? text["Gets ".Length..]
            : text.StartsWith("Gets, ", StringComparison.Ordinal) ? text["Gets, ".Length..]
            : text;
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    // "string AdminRoutes.Start": a constant is told by its value, a property by its name in JSON, a value of an enum by its word.
    private static string? Named(Match match)
    {
        var type = Messages.GetType($"{typeof(AdminRoutes).Namespace}.{match.Groups["type"].Value}");
        var member = match.Groups["member"].Value;
        return type?.GetField(member, BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } constant
            ? constant.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? constant.GetRawConstantValue()?.ToString()
            : type?.GetProperty(member) is not null ? JsonNamingPolicy.CamelCase.ConvertName(member)
            : null;
    }

    [GeneratedRegex(@"(?:[a-z]+|IReadOnlyList<\w+>|\w+)\??\s(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)|(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)")]
    private static partial Regex Reference();
}
