using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CriAttach.Architecture.Tests;

/// <summary>What an assembly offers to others, as text: a line for each public type and, below it, one for each member that it declares.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(IsWritten).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Serializers and the like come and go with the generator.</summary>
    private static bool IsWritten(Type type) =>
        type.Namespace?.StartsWith("CriAttach", StringComparison.Ordinal) == true && !type.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var above = type.IsEnum ? [] : type.GetInterfaces().Append(type.BaseType).OfType<Type>()
            .Where(one => one != typeof(object) && one != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal).ToArray();
        return $"{kind} {Name(type)}{(above.Length > 0 ? " : " : "")}{string.Join(", ", above)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        }

        var methods = type.GetMethods(Declared).Where(method => IsOpen(method) && IsWritten(method)).Select(method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})");
        var constructors = type.GetConstructors(Declared).Where(IsOpen).Select(constructor => $"new({Parameters(constructor)})");
        var fields = type.GetFields(Declared).Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}");
        return methods.Concat(constructors).Concat(fields);
    }

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsWritten(MethodInfo method) =>
        method.IsSpecialName || !method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? " = …" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsByRef || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsByRef ? "&" : "[]");
        }

        var full = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        var tick = full.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? full : $"{full[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
