namespace CriAttach.Wire.Spdy;

// https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/#TOC-2.6.10.1-Compression

/// <summary>The bytes that both sides pretend to have sent before the first header block.</summary>
internal static class SpdyDictionary
{
    /// <summary>Adler-32 of the bytes: how the zlib header names them.</summary>
    public const uint Id = 0xE3C6_A7C2;

    private const string Resource = "spdy3.dict";
    private static readonly byte[] All = Load();

    /// <summary>The 1423 bytes.</summary>
    public static ReadOnlySpan<byte> Bytes => All;

    private static byte[] Load()
    {
        using var stream = typeof(SpdyDictionary).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
