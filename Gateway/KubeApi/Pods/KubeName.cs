namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Makes names that Kubernetes' clients accept (RFC 1123).</summary>
internal static class KubeName
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>A DNS label: lower-case letters, digits and '-'.</summary>
    /// <param name="text">The text.</param>
    public static string Label(string text) => Make(text, MaxLabel, allowDots: false);

    /// <summary>A DNS subdomain: labels with dots between them.</summary>
    /// <param name="text">The text.</param>
    public static string Subdomain(string text) => Make(text, MaxSubdomain, allowDots: true);

    private static string Make(string text, int most, bool allowDots)
    {
        var clean = string.Create(Math.Min(text.Length, most), (text, allowDots), static (target, from) =>
        {
            for (var index = 0; index < target.Length; index++)
            {
                var letter = char.ToLowerInvariant(from.text[index]);

                // A dot must stand between letters or digits.
                var dot = from.allowDots && letter == '.' && index > 0 && target[index - 1] is not ('.' or '-')
                    && index + 1 < target.Length && char.IsAsciiLetterOrDigit(from.text[index + 1]);
                target[index] = char.IsAsciiLetterOrDigit(letter) || dot ? letter : '-';
            }
        }).Trim('-', '.');
        return clean.Length > 0 ? clean : "x";
    }
}
