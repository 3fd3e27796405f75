using System.IO.Compression;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Oracles;

/// <summary>
/// Inflates header blocks with the framework's inflater. It knows no dictionary: a stored part in front of the first
/// block brings the dictionary's bytes into the window instead.
/// </summary>
public static class InflateOracle
{
    private const int Large = 1 << 20;

    /// <summary>Inflates blocks that are one stream.</summary>
    /// <param name="blocks">The blocks; the first begins with the zlib header, with or without dictionary.</param>
    /// <returns>What came of each block.</returns>
    public static IReadOnlyList<byte[]> Inflate(IReadOnlyList<byte[]> blocks)
    {
        using var feed = new MemoryStream();
        using var inflate = new DeflateStream(feed, CompressionMode.Decompress);
        var output = new byte[Large];
        List<byte[]> all = [];
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            var prefix = Array.Empty<byte>();
            if (i == 0)
            {
                var hasDictionary = (block[1] & 0x20) != 0;
                var dictionary = SpdyDictionary.Bytes.ToArray();
                prefix = hasDictionary ? dictionary : [];
                block = [.. hasDictionary ? (byte[])[0x00, 0x8F, 0x05, 0x70, 0xFA, .. dictionary] : [], .. block[(hasDictionary ? 6 : 2)..]];
            }

            feed.SetLength(0);
            feed.Write(block);
            feed.Position = 0;
            var count = inflate.ReadAtLeast(output, Large, throwOnEndOfStream: false);
            all.Add(output[prefix.Length..count]);
        }

        return all;
    }

    /// <summary>Compresses blocks as one zlib stream without dictionary, a sync flush behind each.</summary>
    /// <param name="blocks">The blocks; none is empty.</param>
    public static IReadOnlyList<byte[]> Deflate(IReadOnlyList<byte[]> blocks)
    {
        using var output = new MemoryStream();
        using var deflate = new ZLibStream(output, CompressionLevel.Optimal);
        List<byte[]> all = [];
        foreach (var block in blocks)
        {
            deflate.Write(block);
            deflate.Flush();
            all.Add(output.ToArray());
            output.SetLength(0);
        }

        return all;
    }
}
