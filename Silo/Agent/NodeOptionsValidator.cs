using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Agent;

/// <summary>Checks each property of <see cref="NodeOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class NodeOptionsValidator : IValidateOptions<NodeOptions>;
