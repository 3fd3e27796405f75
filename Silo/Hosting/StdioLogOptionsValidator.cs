using CriAttach.Streams.Log;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Hosting;

/// <summary>Checks each property of <see cref="StdioLogOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StdioLogOptionsValidator : IValidateOptions<StdioLogOptions>;
