using System.Reflection;
using CriAttach.Interfaces.Containers;
using CriAttach.Streams;

namespace CriAttach.Grains.Tests;

/// <summary>The members of messages, which the contract analyzer does not see: their ids are the wire.</summary>
public sealed class WireContractTests
{
    [Fact]
    public void Messages_AreThoseThatWereReviewed()
    {
        var now = Messages(typeof(ContainerKey).Assembly).Concat(Messages(typeof(StdioToken).Assembly)).Order(StringComparer.Ordinal).ToArray();
        var path = Path.Combine(AppContext.BaseDirectory, "WireMessages.txt");
        File.WriteAllLines(path + ".received", now);
        Assert.Equal(File.ReadAllLines(path), now);
    }

    private static IEnumerable<string> Messages(Assembly assembly) =>
        from type in assembly.GetTypes()
        let alias = type.GetCustomAttributes<AliasAttribute>(inherit: false).Select(attribute => attribute.Alias).FirstOrDefault(name => name.StartsWith("criattach.", StringComparison.Ordinal))
        where alias is not null && !type.IsInterface
        from line in type.IsEnum ? Values(type) : Members(type)
        select $"{alias} {line}";

    private static IEnumerable<string> Values(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{Convert.ToInt64(field.GetRawConstantValue(), null)} = {field.Name} : {Enum.GetUnderlyingType(type).Name}");

    private static IEnumerable<string> Members(Type type) =>
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let id = member.GetCustomAttribute<IdAttribute>()?.Id
        where id is not null
        select $"{id} {member.Name} : {(member as PropertyInfo)?.PropertyType ?? ((FieldInfo)member).FieldType}";
}
