using System.ComponentModel.DataAnnotations;

namespace CriAttach.Gateway.KubeApi;

/// <summary>How the cluster looks to Kubernetes' clients. Section <c>CriAttach:Gateway</c>.</summary>
internal sealed class KubeOptions
{
    /// <summary>Gets or sets the namespace of the pods that containers without one count as. Default: <c>default</c>.</summary>
    [Required, RegularExpression("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", ErrorMessage = "KubeNamespace must be a DNS label of lower-case letters, digits and '-'.")]
    public string KubeNamespace { get; set; } = "default";
}
