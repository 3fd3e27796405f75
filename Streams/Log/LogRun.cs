using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Log;

/// <summary>From <paramref name="Start"/> on, until the next run, bytes belong to <paramref name="Stream"/>.</summary>
internal readonly record struct LogRun(long Start, StdioStream Stream);
