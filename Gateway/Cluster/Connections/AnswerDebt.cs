namespace CriAttach.Gateway.Cluster.Connections;

/// <summary>What the other end of a connection owes: since when, by the clock's timestamps, it has been sent something and said nothing.</summary>
/// <param name="Since">When the first was sent that nothing came after; 0 where nothing is owed.</param>
/// <param name="Age">How long ago that was.</param>
/// <param name="LastAsked">How long ago the last was sent.</param>
internal readonly record struct AnswerDebt(long Since, TimeSpan Age, TimeSpan LastAsked)
{
    /// <summary>Tells whether it is older than so, and has been asked for since.</summary>
    /// <param name="limit">The age.</param>
    public bool IsOlderThan(TimeSpan limit) => Since != 0 && Age > limit && LastAsked <= limit;
}
