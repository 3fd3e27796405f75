using System.Text;
using BenchmarkDotNet.Attributes;
using CriAttach.Wire.CriLog;

namespace CriAttach.Micro.Wire;

/// <summary>Content out of a CRI log, per line.</summary>
public class CriLogReaderBenchmark
{
    private const int Lines = 1024;

    private byte[] _log = [];

    [Params(128, 8 * 1024)]
    public int LineLength { get; set; }

    [GlobalSetup]
    public void WriteLog()
    {
        string line = $"2026-10-06T00:17:09.669794202+00:00 stdout F {new string('x', LineLength - 1)}\n";
        _log = Encoding.ASCII.GetBytes(new StringBuilder().Insert(0, line, Lines).ToString());
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Read()
    {
        CriLogReader reader = new();
        ReadOnlyMemory<byte> input = _log;
        int bytes = 0;
        while (reader.TryRead(ref input, out CriLogPiece piece))
        {
            bytes += piece.Content.Length;
        }

        return bytes;
    }
}
