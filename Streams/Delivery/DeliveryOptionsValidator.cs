using Microsoft.Extensions.Options;

namespace CriAttach.Streams.Delivery;

/// <summary>Checks the ranges of <see cref="DeliveryOptions"/> when the process starts.</summary>
[OptionsValidator]
public sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
