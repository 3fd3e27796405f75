using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using CsCheck;

namespace CriAttach.Streams.Tests.Log;

/// <summary>The log against a list of bytes that never forgets.</summary>
public sealed class StdioLogModelTests
{
    private const int Bound = 64 * 1024;

    // An operation: what to do, and how much of it.
    private static readonly Gen<(int Kind, int Size)[]> Operations =
        Gen.Select(Gen.Int[0, 5], Gen.Frequency((4, Gen.Int[1, 200]), (1, Gen.Int[1, 70_000]))).Array[1, 120];

    [Fact]
    public void RandomOperations_ReadersSeeWhatTheModelSees() => Operations.Sample(Run, iter: 300);

    private static void Run((int Kind, int Size)[] operations)
    {
        using var log = new StdioLog(new StdioLogOptions { Limit = Bound, Retain = Bound }, epoch: 1);
        var model = new List<(StdioStream Stream, byte Value)>();
        var readers = new List<LogReader>();
        var next = 0;
        foreach (var (kind, size) in operations)
        {
            switch (kind)
            {
                case 0 or 1:
                    var stream = kind == 0 ? StdioStream.Stdout : StdioStream.Stderr;
                    var data = new byte[size];
                    for (var i = 0; i < size; i++)
                    {
                        data[i] = (byte)(next++ * 31);
                        model.Add((stream, data[i]));
                    }

                    log.Append(stream, data);
                    break;
                case 2:
                    readers.Add(log.OpenReader(Math.Max(0, log.Head - size), mayHold: size % 2 == 0, () => { }));
                    break;
                case 3 or 4 when readers.Count > 0:
                    Read(log, readers[size % readers.Count], size, model);
                    break;
                case 5 when readers.Count > 0:
                    var reader = readers[size % readers.Count];
                    log.Consume(reader, reader.Position);
                    break;
            }

            Check(log, readers, model.Count);
        }
    }

    private static void Read(StdioLog log, LogReader reader, int max, List<(StdioStream Stream, byte Value)> model)
    {
        var at = reader.Position;
        var slices = new List<LogSlice>();
        var status = log.TryRead(reader, max, slices, maxSlices: 64);
        Assert.Equal(at < log.Tail ? LogReadStatus.Behind : at == log.Head ? LogReadStatus.Empty : LogReadStatus.Data, status);
        foreach (var slice in slices)
        {
            foreach (var value in slice.Data.Span)
            {
                Assert.Equal(model[(int)at++], (slice.Stream, value));
            }

            slice.Owner.Release();
        }

        Assert.Equal(at, reader.Position);
        if (status == LogReadStatus.Behind)
        {
            log.Skip(reader, log.Tail);
        }
    }

    private static void Check(StdioLog log, List<LogReader> readers, int written)
    {
        Assert.Equal(written, log.Head);
        Assert.InRange(log.Tail, 0, Math.Max(0, log.Head - Bound) is var oldest && oldest == 0 ? 0 : oldest);
        Assert.True(log.Head - log.Tail <= (2 * Bound) + (64 * 1024), "more in memory than the bounds allow");
        foreach (var reader in readers.Where(reader => reader.MayHold && log.Head - reader.Consumed <= Bound))
        {
            Assert.True(log.Tail <= Math.Max(reader.Consumed, log.Tail), "a reader in good standing lost bytes");
        }
    }
}
