using System.Buffers;
using System.Text;

namespace CriAttach.Wire.Asciicast;

/// <summary>
/// Makes the inside of JSON strings of one byte stream: UTF-8 sequences that are split over chunks are joined, what is no UTF-8 becomes U+FFFD as in any
/// terminal, control characters and line separators are escaped, so that an event is one line for every reader of lines.
/// </summary>
public sealed class AsciicastText
{
    private const int Slice = 4096;
    private const int LongestEscape = 6;
    private const int LongRun = 8;
    private const int LongestSequence = 4;
    private const char Delete = '\x7f';

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', Delete - ' ').Where(c => c is not ('"' or '\\')).Select(c => (byte)c)]);

    private static readonly byte[][] AsciiEscapes = [.. Enumerable.Range(0, Delete + 1).Select(c => Escaped(new Rune(c)))];

    private readonly byte[] _held = new byte[LongestSequence];
    private int _heldCount;

    /// <summary>Gets a value indicating whether the beginning of a sequence waits for its end.</summary>
    public bool Holds => _heldCount > 0;

    /// <summary>Whether bytes are no more than the beginning of a sequence, so that nothing would be written for them yet.</summary>
    /// <param name="data">The bytes that come next.</param>
    public bool WouldHold(ReadOnlySpan<byte> data)
    {
        if (_heldCount + data.Length >= LongestSequence)
        {
            return false;
        }

        Span<byte> all = stackalloc byte[LongestSequence];
        _held.AsSpan(0, _heldCount).CopyTo(all);
        data.CopyTo(all[_heldCount..]);
        return Rune.DecodeFromUtf8(all[..(_heldCount + data.Length)], out _, out _) == OperationStatus.NeedMoreData;
    }

    /// <summary>Writes what is next in the stream.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="data">The bytes, cut anywhere.</param>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(output);
        data = Complete(output, data);
        while (!data.IsEmpty)
        {
            var span = output.GetSpan(Slice * LongestEscape);
            var (read, written) = Escape(data, span);
            output.Advance(written);
            data = data[read..];
            if (read == 0)
            {
                data.CopyTo(_held);
                _heldCount = data.Length;
                return;
            }
        }
    }

    /// <summary>The stream is over: a sequence that has not ended is no UTF-8.</summary>
    /// <param name="output">Where to.</param>
    public void WriteRest(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_heldCount > 0)
        {
            _heldCount = 0;
            output.Write("\uFFFD"u8);
        }
    }

    /// <summary>Ends the sequence that was begun in an earlier chunk.</summary>
    private ReadOnlySpan<byte> Complete(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        while (_heldCount > 0 && !data.IsEmpty)
        {
            _held[_heldCount] = data[0];
            switch (Rune.DecodeFromUtf8(_held.AsSpan(0, _heldCount + 1), out var rune, out _))
            {
                case OperationStatus.NeedMoreData:
                    _heldCount++;
                    data = data[1..];
                    break;
                case OperationStatus.Done:
                    _heldCount = 0;
                    data = data[1..];
                    var span = output.GetSpan(LongestEscape);
                    output.Advance(Put(rune, span));
                    break;
                default:
                    // What was held is no sequence; the new byte may begin one.
                    WriteRest(output);
                    break;
            }
        }

        return data;
    }

    /// <summary>Writes as much of the data as is sure to fit. Reads nothing when all that is left is the beginning of a sequence.</summary>
    private static (int Read, int Written) Escape(ReadOnlySpan<byte> data, Span<byte> output)
    {
        var (read, written, plain) = (0, 0, 0);
        while (read < data.Length && written + Slice + LongestEscape <= output.Length)
        {
            var next = data[read];
            if (next > Delete)
            {
                var status = Rune.DecodeFromUtf8(data[read..], out var rune, out var used);
                if (status == OperationStatus.NeedMoreData)
                {
                    break;
                }

                // An invalid sequence decodes as U+FFFD.
                written += Put(rune, output[written..]);
                read += used;
                plain = 0;
                continue;
            }

            var escape = AsciiEscapes[next];
            if (escape.Length > 1)
            {
                escape.CopyTo(output[written..]);
                (read, written, plain) = (read + 1, written + escape.Length, 0);
                continue;
            }

            output[written++] = next;
            read++;
            if (++plain == LongRun)
            {
                // Searching pays off where much is plain.
                var window = data.Slice(read, Math.Min(Slice, data.Length - read));
                var run = window.IndexOfAnyExcept(Plain) is >= 0 and var end ? end : window.Length;
                window[..run].CopyTo(output[written..]);
                (read, written, plain) = (read + run, written + run, 0);
            }
        }

        return (read, written);
    }

    private static int Put(Rune rune, Span<byte> output)
    {
        if (rune.Value is <= Delete)
        {
            var escape = AsciiEscapes[rune.Value];
            escape.CopyTo(output);
            return escape.Length;
        }

        if (rune.Value is < 0xa0 or 0x2028 or 0x2029)
        {
            Escaped(rune).CopyTo(output);
            return LongestEscape;
        }

        return rune.EncodeToUtf8(output);
    }

    private static byte[] Escaped(Rune rune) => rune.Value switch
    {
        '"' or '\\' => [(byte)'\\', (byte)rune.Value],
        '\n' => [.. "\\n"u8],
        '\r' => [.. "\\r"u8],
        '\t' => [.. "\\t"u8],
        >= ' ' and < Delete => [(byte)rune.Value],
        _ => Encoding.ASCII.GetBytes($"\\u{rune.Value:x4}"),
    };
}
