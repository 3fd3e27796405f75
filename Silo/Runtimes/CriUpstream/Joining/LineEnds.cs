namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>
/// What is known of the line ends of a stream. containerd's log drops a carriage return before each line feed; every terminal's output has one
/// there, unless it is in raw mode, and a pipe's has none, unless the program writes it. An attachment shows which it is.
/// </summary>
internal sealed class LineEnds(bool terminal)
{
    private bool _returns = terminal;
    private bool _bare = !terminal;
    private bool _shown;
    private bool _afterReturn;

    /// <summary>Gets a value indicating whether a line feed of the log stands for a carriage return and a line feed.</summary>
    public bool AreReturns => _returns && !_bare;

    /// <summary>Gets a value indicating whether lines end in both ways, so that the log's line feeds say nothing.</summary>
    public bool AreMixed => _returns && _bare;

    /// <summary>An attachment goes on.</summary>
    public void Learn(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf((byte)'\n'); at >= 0;)
        {
            var isReturn = at > 0 ? bytes[at - 1] == '\r' : _afterReturn;
            (_returns, _bare) = ((_shown && _returns) || isReturn, (_shown && _bare) || !isReturn);
            _shown = true;
            if (AreMixed)
            {
                return;
            }

            var next = bytes[(at + 1)..].IndexOf((byte)'\n');
            at = next < 0 ? -1 : at + 1 + next;
        }

        if (!bytes.IsEmpty)
        {
            _afterReturn = bytes[^1] == '\r';
        }
    }

    /// <summary>The bytes as the log has them: without the carriage return before a line feed.</summary>
    public static byte[] AsLogged(ReadOnlySpan<byte> bytes)
    {
        var logged = new byte[bytes.Length];
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\r' || i + 1 == bytes.Length || bytes[i + 1] != '\n')
            {
                logged[count++] = bytes[i];
            }
        }

        return logged[..count];
    }
}
