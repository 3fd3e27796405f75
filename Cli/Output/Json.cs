using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CriAttach.AdminApi;

namespace CriAttach.Cli.Output;

/// <summary>The admin API's messages, for programs.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Indented = new(AdminJson.Default.Options) { WriteIndented = true };

    /// <summary>Writes a message.</summary>
    /// <typeparam name="T">A message of the admin API.</typeparam>
    /// <param name="output">Where to.</param>
    /// <param name="message">The message.</param>
    public static void Write<T>(TextWriter output, T message) =>
        output.WriteLine(JsonSerializer.Serialize(message, (JsonTypeInfo<T>)Indented.GetTypeInfo(typeof(T))));
}
