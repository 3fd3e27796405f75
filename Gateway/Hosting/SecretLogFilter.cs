using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>
/// The path of a streaming request is a token. ASP.NET's own request logs would write it down, so they stay off below Warning,
/// whatever the configuration says.
/// </summary>
internal sealed class SecretLogFilter : IPostConfigureOptions<LoggerFilterOptions>
{
    private static readonly string[] PathLoggers =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    /// <inheritdoc/>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        foreach (var rule in options.Rules.Where(rule => IsPathLogger(rule.CategoryName) && rule.LogLevel < LogLevel.Warning).ToArray())
        {
            options.Rules.Remove(rule);
        }

        // A rule of one provider beats a rule of all, so each provider that has rules gets these too.
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray();
        foreach (var provider in providers)
        {
            foreach (var category in PathLoggers)
            {
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, filter: null));
            }
        }
    }

    private static bool IsPathLogger(string? category) =>
        category is not null && PathLoggers.Any(logger => category.StartsWith(logger, StringComparison.OrdinalIgnoreCase));
}
