using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CriAttach.Conformance.Tests;

/// <summary>The list of cases (section 8 of the protocol notes) and the tests do not drift apart.</summary>
public sealed partial class CaseListTests
{
    private static readonly int[] Cases = [.. Enumerable.Range(1, 48)];

    [Fact]
    public void EveryCase_HasATest()
    {
        int[] tested =
        [
            .. typeof(CaseListTests).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
                .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
                .Select(method => CaseName().Match(method.Name))
                .Where(match => match.Success)
                .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                .Distinct()
                .Order(),
        ];
        Assert.Equal(Cases, tested);
    }

    [GeneratedRegex("^Case([0-9]{2})_")]
    private static partial Regex CaseName();
}
