using System.Globalization;
using CriAttach.Testing.Resume;

namespace CriAttach.ChaosRunner;

/// <summary>What one fault did.</summary>
/// <param name="Name">The fault.</param>
/// <param name="Runs">How often it happened.</param>
/// <param name="Account">What became of every byte.</param>
/// <param name="LongestStop">The longest time in which PID 1 got nothing written.</param>
internal sealed record ChaosRow(string Name, int Runs, LoadAccount Account, TimeSpan LongestStop)
{
    /// <summary>The head of the table.</summary>
    public const string Head =
        "fault                  runs    output   lost silently  lost, told  unknown gaps  doubled   input  in doubt  longest stall  longest stop of PID 1  verdict";

    /// <summary>Whether nothing was lost without a word, and nothing came twice.</summary>
    public bool IsGood => Account is { LostSilently: 0, Doubled: 0, Fault: null };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-22} {Runs,4}  {Account.Output / 1e6,5:f0} MB  {Account.LostSilently,14}  {Account.LostAndTold,10}  {Account.GapsOfUnknownLength,12}  {Account.Doubled,7}  {Account.Input,6}  {Account.InputInDoubt,8}  {Account.LongestStall.TotalSeconds,11:f1} s  {LongestStop.TotalSeconds,19:f1} s  {(IsGood ? "good" : "BAD: " + Account.Fault)}");
}
