using System.ComponentModel.DataAnnotations;

namespace CriAttach.Silo.Agent;

/// <summary>The section <c>CriAttach:Node</c>.</summary>
internal sealed class NodeOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Node";

    /// <summary>Gets or sets the node's name, in every container key. Default: the host name.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?", ErrorMessage = "The field Name must be a host name: letters, digits, '.', '_' and '-', at most 63.")]
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>Gets or sets where containers, logs and the session journal are kept. Default: <c>/var/lib/criattach/{name}</c>.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>Gets or sets where the OCI runtime keeps its own state, which ends with the machine. Default: <c>/run/criattach/{name}</c>.</summary>
    [Required]
    public string RunDirectory { get; set; } = "";

    /// <summary>Gets or sets the runtime of containers that ask for none. Default: <c>conmon</c>.</summary>
    [AllowedValues("conmon", "process", ErrorMessage = "The field DefaultRuntime must be 'conmon' or 'process'.")]
    public string DefaultRuntime { get; set; } = "conmon";
}
