using System.Buffers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.State;
using CriAttach.Wire.Asciicast;
using CriAttach.Wire.Recordings;

namespace CriAttach.Silo.Recordings;

/// <summary>
/// Writes one recording: events into a buffer, and the buffer with a hash behind it into the file, in one write. What a failed write has left is cut off, so that
/// the file stays whole up to its last hash. One caller at a time.
/// </summary>
internal sealed class RecordingWriter : IDisposable
{
    /// <summary>The room that a recording keeps for saying why it ended.</summary>
    public const int LastWords = 2048;

    private const int LargestIdleBuffer = 32 * 1024;

    private readonly AsciicastWriter _cast = new();
    private readonly AsciicastText _stdout = new();
    private readonly AsciicastText _stderr = new();
    private readonly AsciicastText _stdin = new();
    private readonly ChainWriter _chain;
    private readonly RecordingStore _store;
    private readonly RecordingFiles _files;
    private readonly RecordingOptions _options;
    private readonly Func<AsciicastHeader> _header;
    private ArrayBufferWriter<byte> _buffer = new();
    private FileStream? _file;
    private long _length;

    public RecordingWriter(RecordingStore store, RecordingFiles files, RecordingOptions options, string recording, byte[]? key, Func<AsciicastHeader> header)
    {
        _store = store;
        _files = files;
        _options = options;
        _header = header;
        _chain = new ChainWriter(recording, key);
    }

    /// <summary>Gets how many bytes are in files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gets how many files there are.</summary>
    public int Parts { get; private set; }

    /// <summary>Gets how many bytes wait to be written.</summary>
    public int Buffered => _buffer.WrittenCount;

    /// <summary>Gets the last hash that is in a file; empty before the first.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Gets how far in the output the files reach; none before the first hash.</summary>
    public (long Epoch, long Offset)? Reached { get; private set; }

    /// <summary>Gets how many bytes of output were added that are in no file.</summary>
    public long Unwritten { get; private set; }

    /// <summary>Adds output.</summary>
    public void Output(TimeSpan at, StdioStream stream, ReadOnlySpan<byte> data)
    {
        _cast.Write(_buffer, at, AsciicastCode.Output, stream == StdioStream.Stderr ? _stderr : _stdout, data);
        Unwritten += data.Length;
    }

    /// <summary>Adds input.</summary>
    public void Input(TimeSpan at, ReadOnlySpan<byte> data) => _cast.Write(_buffer, at, AsciicastCode.Input, _stdin, data);

    /// <summary>Adds an event.</summary>
    public void Event(TimeSpan at, AsciicastCode code, string data) => _cast.Write(_buffer, at, code, data);

    /// <summary>The output does not go on where it was: half a character stays one.</summary>
    public void BreakOutput(TimeSpan at)
    {
        _cast.WriteRest(_buffer, at, AsciicastCode.Output, _stdout);
        _cast.WriteRest(_buffer, at, AsciicastCode.Output, _stderr);
    }

    /// <summary>Writes what is buffered, with how far in the output it reaches.</summary>
    /// <exception cref="RecordingEndedException">A limit is reached; what is buffered is thrown away.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush(long epoch, long offset)
    {
        var comes = _buffer.WrittenCount + LastWords;
        if (_file is not null && Bytes + comes > _options.MaxRecordingBytes)
        {
            _buffer.ResetWrittenCount();
            throw new RecordingEndedException($"the recording has reached {nameof(RecordingOptions.MaxRecordingBytes)} ({_options.MaxRecordingBytes})");
        }

        try
        {
            _store.Take(comes);
        }
        catch (RecordingEndedException)
        {
            _buffer.ResetWrittenCount();
            throw;
        }

        var before = Bytes;
        try
        {
            Write(ChainMark.Piece, epoch, offset);
        }
        finally
        {
            // Room was taken for more than was used, as the number of parts was not known.
            _store.Settle(Bytes - before - comes);
        }
    }

    /// <summary>Writes what is buffered, and the end. Then it is on the disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Complete(long epoch, long offset)
    {
        var before = Bytes;
        try
        {
            Write(ChainMark.End, epoch, offset);
            Close();
        }
        finally
        {
            _store.Settle(Bytes - before);
        }
    }

    /// <summary>Ends what is in files with a marker in place of what was not written. What is in no file stays so.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Conclude(TimeSpan at, string marker)
    {
        if (Reached is { } reached)
        {
            _buffer.ResetWrittenCount();
            Event(at, AsciicastCode.Marker, marker);
            Complete(reached.Epoch, reached.Offset);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
        _chain.Dispose();
    }

    private void Write(ChainMark mark, long epoch, long offset)
    {
        if (_file is null)
        {
            Open();
        }
        else if (mark == ChainMark.Piece && _length + _buffer.WrittenCount > _options.MaxFileBytes)
        {
            var last = new ArrayBufferWriter<byte>();
            _chain.WriteMark(last, ChainMark.Continued);
            Write(last.WrittenSpan);
            Hash = _chain.Last;
            Close();
            Open();
        }

        AsciicastWriter.WriteComment(_buffer, RecordingTail.Comment(epoch, offset));
        _chain.Append(_buffer.WrittenSpan);
        _chain.WriteMark(_buffer, mark);
        Write(_buffer.WrittenSpan);
        (Hash, Reached, Unwritten) = (_chain.Last, (epoch, offset), 0);
        if (_buffer.Capacity > LargestIdleBuffer && _buffer.WrittenCount < LargestIdleBuffer)
        {
            // A flood is over: what is idle keeps little.
            _buffer = new ArrayBufferWriter<byte>();
        }

        _buffer.ResetWrittenCount();
    }

    private void Open()
    {
        PrivateFile.CreateDirectory(_files.Folder);
        _file = PrivateFile.Open(_files.Part(Parts + 1), FileMode.CreateNew);
        _length = 0;
        var head = new ArrayBufferWriter<byte>();
        AsciicastWriter.WriteHeader(head, _header());
        _chain.WritePart(head);
        _chain.Append(head.WrittenSpan);
        try
        {
            Write(head.WrittenSpan);
            Parts++;
        }
        finally
        {
            if (_length == 0)
            {
                // Of a part without a header nobody could say what it is.
                _file.Dispose();
                _file = null;
                File.Delete(_files.Part(Parts + 1));
            }
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file!.Write(bytes);
        }
        catch (IOException)
        {
            _file!.SetLength(_length);
            throw;
        }

        _length += bytes.Length;
        Bytes += bytes.Length;
    }

    /// <summary>A part that is over is forced to the disk; one that is being written outlives this process, not the machine.</summary>
    private void Close()
    {
        _file!.Flush(flushToDisk: true);
        _file.Dispose();
        _file = null;
    }
}
