using CriAttach.Cli.Terminal;
using CsCheck;

namespace CriAttach.Cli.Tests.Terminal;

public sealed class DetachKeyMatcherTests
{
    [Theory]
    [InlineData("pq", "abc", "abc", false)]
    [InlineData("pq", "pq", "", true)]
    [InlineData("pq", "apqb", "a", true)]
    [InlineData("pq", "pxq", "pxq", false)]
    [InlineData("pq", "ppq", "p", true)]
    [InlineData("aab", "aaab", "a", true)]
    [InlineData("abab", "abaabab", "aba", true)]
    [InlineData("", "pq", "pq", false)]
    public void Keys_FoundByteByByte(string keys, string typed, string passed, bool detached)
    {
        var matcher = new DetachKeyMatcher(Bytes(keys));

        Assert.Equal((passed, detached), Type(matcher, typed.Select(key => $"{key}")));
    }

    [Fact]
    public void Prefix_HeldUntilFlushed()
    {
        var matcher = new DetachKeyMatcher(Bytes("pq"));
        Assert.Equal(("a", false), Type(matcher, ["ap"]));
        Assert.True(matcher.IsHolding);

        var output = new byte[2];
        Assert.Equal(1, matcher.Flush(output));
        Assert.Equal((byte)'p', output[0]);
        Assert.False(matcher.IsHolding);
        Assert.Equal(0, matcher.Flush(output));
    }

    [Fact]
    public void FlushedPrefix_RestStillDetaches()
    {
        var matcher = new DetachKeyMatcher(Bytes("pqr"));
        Type(matcher, ["p"]);
        matcher.Flush(new byte[3]);

        Assert.Equal(("", true), Type(matcher, ["qr"]));
    }

    [Fact]
    public void FlushedPrefix_NotSentAgain()
    {
        var matcher = new DetachKeyMatcher(Bytes("aab"));
        Type(matcher, ["aa"]);
        matcher.Flush(new byte[3]);

        Assert.Equal(("ac", false), Type(matcher, ["ac"]));
    }

    [Fact]
    public void AnyChunksAndFlushes_NothingLostOrAdded() => Gen
        .Select(Gen.String[Gen.Char["ab"], 1, 4], Gen.String[Gen.Char["abc"], 0, 4].List[0, 8], Gen.Bool.List[8])
        .Sample((keys, chunks, flushes) =>
        {
            var matcher = new DetachKeyMatcher(Bytes(keys));
            var passed = "";
            var detached = false;
            foreach (var (chunk, flush) in chunks.Zip(flushes))
            {
                (var more, detached) = Type(matcher, [chunk]);
                passed += more;
                if (detached)
                {
                    break;
                }

                if (flush)
                {
                    passed += Flushed(matcher, keys.Length);
                }
            }

            passed += Flushed(matcher, keys.Length);
            var typed = string.Concat(chunks);
            var at = typed.IndexOf(keys, StringComparison.Ordinal);
            Assert.Equal(at >= 0, detached);
            if (at < 0)
            {
                Assert.Equal(typed, passed);
            }
            else
            {
                // What a flush let out of the keys themselves went to PID 1; nothing else did.
                Assert.StartsWith(typed[..at], passed, StringComparison.Ordinal);
                Assert.StartsWith(passed, typed[..(at + keys.Length)], StringComparison.Ordinal);
            }
        });

    private static byte[] Bytes(string text) => [.. text.Select(c => (byte)c)];

    private static string Flushed(DetachKeyMatcher matcher, int room)
    {
        var output = new byte[room];
        return Text(output.AsSpan(0, matcher.Flush(output)));
    }

    private static (string Passed, bool Detached) Type(DetachKeyMatcher matcher, IEnumerable<string> chunks)
    {
        var passed = "";
        foreach (var chunk in chunks)
        {
            var output = new byte[matcher.OutputLength(chunk.Length)];
            var detached = matcher.Process(Bytes(chunk), output, out var written);
            passed += Text(output.AsSpan(0, written));
            if (detached)
            {
                return (passed, true);
            }
        }

        return (passed, false);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);
}
