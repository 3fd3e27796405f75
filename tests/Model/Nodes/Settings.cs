using CriAttach.Grains.Sessions;
using CriAttach.Model.Tests.Simulation;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>The settings of an episode: small bounds, so that they are met often.</summary>
internal sealed class Settings(Dice dice)
{
    public StdioLogOptions Log { get; } = new()
    {
        Limit = dice.Pick(4, 16, 64) * 1024,
        Retain = dice.Pick(0, 2, 16) * 1024,
        MinRate = dice.Pick(64, 1024, 16 * 1024),
        StallTimeout = TimeSpan.FromSeconds(dice.Pick(1, 3, 10)),
        FullStopBudget = TimeSpan.FromSeconds(dice.Pick(0, 5, 10)),
        LiftBytes = dice.Pick(1, 8) * 1024,
    };

    public DeliveryOptions Delivery { get; } = new()
    {
        Window = dice.Pick(4, 8, 32) * 1024,
        BatchSize = dice.Pick(256, 1024, 4096),
    };

    // Input comes in whole records of eight bytes.
    public StdinOptions Stdin { get; } = new() { ProducerWindow = dice.Pick(64, 512, 4096) };

    public SessionOptions Sessions { get; } = new()
    {
        TokenTtl = TimeSpan.FromSeconds(dice.Pick(5, 60)),
        MaxUnclaimed = dice.Pick(3, 10),
        MaxSuspended = dice.Pick(0, 1, 2, 2, 20, 20),
        ResumeWindow = TimeSpan.FromSeconds(dice.Pick(5, 60, 300)),
    };

    /// <summary>Gets a value indicating whether output can be read from a file when it has left the memory.</summary>
    public bool HasFile { get; } = !dice.OneIn(4);

    public bool StdinOnce { get; } = dice.OneIn(3);
}
