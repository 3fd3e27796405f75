using System.Buffers;
using System.Text;
using CriAttach.Wire.Recordings;

namespace CriAttach.Wire.Tests.Recordings;

public sealed class ChainTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static TheoryData<bool> Keys => [false, true];

    [Theory]
    [MemberData(nameof(Keys))]
    public void WholeRecording_IsIntact(bool keyed)
    {
        var key = keyed ? Key : null;
        var parts = Write(key);
        Assert.Equal(ChainState.Intact, Verify(key, parts).State);
        Assert.Equal(ChainState.Intact, Verify(key, Join(parts)).State);
        Assert.Contains("3 parts", Verify(key, parts).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void AnyByteChanged_IsNoticed(bool keyed)
    {
        var key = keyed ? Key : null;
        var parts = Write(key);
        for (var part = 0; part < parts.Count; part++)
        {
            for (var at = 0; at < parts[part].Length; at++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    parts[part][at] ^= (byte)(1 << bit);
                    Assert.NotEqual(ChainState.Intact, Verify(key, parts).State);
                    Assert.NotEqual(ChainState.Intact, Verify(key, Join(parts)).State);
                    parts[part][at] ^= (byte)(1 << bit);
                }
            }
        }
    }

    [Fact]
    public void AnyByteLeftOutOrDoubled_IsNoticed()
    {
        var file = Join(Write(null));
        for (var at = 0; at < file.Length; at++)
        {
            Assert.NotEqual(ChainState.Intact, Verify(null, (byte[])[.. file[..at], .. file[(at + 1)..]]).State);
            Assert.NotEqual(ChainState.Intact, Verify(null, (byte[])[.. file[..at], file[at], .. file[at..]]).State);
        }
    }

    [Fact]
    public void AnyEndCutOff_IsIncomplete()
    {
        var parts = Write(null);
        for (var length = 0; length < parts[0].Length; length++)
        {
            Assert.Equal(ChainState.Incomplete, Verify(null, parts[0][..length]).State);
        }

        Assert.Equal("part 2 is missing", Verify(null, parts[0]).Message);
    }

    [Fact]
    public void AnyEndOfAJoinedFileCutOff_IsIncomplete()
    {
        var parts = Write(null);
        var file = Join(parts);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Equal(ChainState.Incomplete, Verify(null, file[..length]).State);
        }

        // Only at the very end: another file behind it would go on as if the words were not there.
        byte[] announced = [.. parts[0], .. ChainWriter.JoinedHeader];
        Assert.Equal("part 2 is missing", Verify(null, announced).Message);
        Assert.Equal(ChainState.Altered, Verify(null, announced, parts[1], parts[2]).State);
        Assert.Equal(ChainState.Altered, Verify(null, (byte[])[.. announced, (byte)'\n', .. parts[1]]).State);
    }

    [Fact]
    public void KilledInTheMiddle_TellsHowFarItIsGood()
    {
        var file = Encoding.UTF8.GetBytes(string.Concat(Encoding.UTF8.GetString(Write(null)[0]).Split('\n').Take(4).Select(line => line + "\n")) + "[0.1,\"o\",\"torn");
        var verdict = Verify(null, file);
        Assert.Equal((ChainState.Incomplete, 0, 5L), (verdict.State, verdict.File, verdict.Line));
        Assert.Contains("unchanged up to line 4", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChangedLine_FileAndLinesAreNamed()
    {
        var parts = Write(null);
        parts[1][parts[1].AsSpan().IndexOf("two"u8)] = (byte)'T';
        var verdict = Verify(null, parts);
        Assert.Equal((ChainState.Altered, 1, 4L), (verdict.State, verdict.File, verdict.Line));
        Assert.Contains("between line 1 and here", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PartsOutOfPlace_AreNoticed()
    {
        var (parts, other) = (Write(null), Write(null, "other"));
        Assert.Contains("part 3, but part 2", Verify(null, parts[0], parts[2], parts[1]).Message, StringComparison.Ordinal);
        Assert.Contains("part 2, but part 1", Verify(null, parts[1], parts[2]).Message, StringComparison.Ordinal);
        Assert.Contains("recording other", Verify(null, parts[0], other[1]).Message, StringComparison.Ordinal);
        Assert.Equal(ChainState.Altered, Verify(null, parts[0], parts[1], parts[2], parts[2]).State);
        Assert.Equal(ChainState.Incomplete, Verify(null, parts[0], parts[1]).State);
    }

    [Fact]
    public void SomethingBehindTheEnd_IsNoticed()
    {
        var file = Join(Write(null));
        Assert.Equal(ChainState.Altered, Verify(null, (byte[])[.. file, (byte)'x']).State);
        Assert.Equal(ChainState.Altered, Verify(null, (byte[])[.. file, (byte)'\n']).State);
    }

    [Fact]
    public void NoRecordingOfOurs_IsSaid()
    {
        var verdict = Verify(null, Encoding.UTF8.GetBytes("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[0,\"o\",\"hi\"]\n"));
        Assert.Equal((ChainState.Altered, 2L), (verdict.State, verdict.Line));
        Assert.Contains("no recording of CriAttach", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_MakesHashesThatOthersCannot()
    {
        Assert.Contains("with a key", Verify(null, Write(Key)).Message, StringComparison.Ordinal);
        Assert.Contains("not hmac-sha256", Verify(Key, Write(null)).Message, StringComparison.Ordinal);
        Assert.Contains("the key is another", Verify([.. Key, 1], Write(Key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongLines_AreHashedAsTheyCome()
    {
        using var chain = new ChainWriter("long", null);
        var file = new ArrayBufferWriter<byte>();
        file.Write(Encoding.UTF8.GetBytes($"{{\"title\":\"{new string('t', 1000)}\"}}\n"));
        chain.WritePart(file);
        file.Write(Encoding.UTF8.GetBytes($"# {new string('#', 255)}\n[{new string('x', 100_000)}]\n"));
        chain.Append(file.WrittenSpan);
        chain.WriteMark(file, ChainMark.Continued);
        var second = new ArrayBufferWriter<byte>();
        second.Write(Encoding.UTF8.GetBytes($"{{\"title\":\"{new string('t', 1000)}\"}}\n"));
        chain.WritePart(second);
        chain.Append(second.WrittenSpan);
        chain.WriteMark(second, ChainMark.End);
        List<byte[]> parts = [file.WrittenSpan.ToArray(), second.WrittenSpan.ToArray()];
        Assert.Equal(ChainState.Intact, Verify(null, parts).State);
        Assert.Equal(ChainState.Intact, Verify(null, Join(parts)).State);
        parts[1][500] ^= 1;
        Assert.Equal(ChainState.Altered, Verify(null, Join(parts)).State);
    }

    private static List<byte[]> Write(byte[]? key, string id = "id")
    {
        using var chain = new ChainWriter(id, key);
        var parts = new List<byte[]>();
        string[] words = ["one", "two", "three"];
        foreach (var word in words)
        {
            var part = new ArrayBufferWriter<byte>();
            part.Write("{\"version\":3}\n"u8);
            chain.WritePart(part);
            part.Write(Encoding.UTF8.GetBytes($"[0.5,\"o\",\"{word}\"]\n"));
            chain.Append(part.WrittenSpan);
            chain.WriteMark(part, ChainMark.Piece);
            chain.WriteMark(part, word == words[^1] ? ChainMark.End : ChainMark.Continued);
            parts.Add(part.WrittenSpan.ToArray());
        }

        return parts;
    }

    private static byte[] Join(List<byte[]> parts) => [.. parts[0], .. parts.Skip(1).SelectMany(part => (byte[])[.. ChainWriter.JoinedHeader, .. part])];

    private static ChainVerdict Verify(byte[]? key, params IEnumerable<byte[]> files)
    {
        using var verifier = new ChainVerifier(key);
        foreach (var file in files)
        {
            verifier.BeginFile();
            foreach (var piece in file.Chunk(7))
            {
                verifier.Append(piece);
            }
        }

        return verifier.Complete();
    }
}
