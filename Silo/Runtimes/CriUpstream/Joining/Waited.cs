namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>For what bytes of the log have waited long enough.</summary>
internal enum Waited
{
    /// <summary>For the attachment's first bytes, which have come, to be found in them.</summary>
    ToBeFound,

    /// <summary>For an attachment that has said nothing yet.</summary>
    ForFirstBytes,

    /// <summary>For an attachment that is joined, to bring them too.</summary>
    ForTheSame,
}
