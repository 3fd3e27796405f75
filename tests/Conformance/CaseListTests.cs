using System.Globalization;
using System.Text.RegularExpressions;
using CriAttach.Testing;

namespace CriAttach.Conformance.Tests;

/// <summary>The list of cases (section 8 of the protocol notes) and the tests, wherever they stand, do not drift apart.</summary>
public sealed partial class CaseListTests
{
    private static readonly int[] Cases = [.. Enumerable.Range(1, 50)];

    [Fact]
    public void EveryCase_HasATest()
    {
        var tests = Path.Combine(Repository.Top, "tests");
        int[] tested =
        [
            .. Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => CaseName().Matches(File.ReadAllText(file)))
                .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                .Distinct()
                .Order(),
        ];
        Assert.Equal(Cases, tested);
    }

    [GeneratedRegex(@"^    \[(?:Fact|Theory)\b(?:.*\n)+?    public (?:async Task|void) Case([0-9]{2})_", RegexOptions.Multiline)]
    private static partial Regex CaseName();
}
