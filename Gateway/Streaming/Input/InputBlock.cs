using System.Buffers;

namespace CriAttach.Gateway.Streaming.Input;

/// <summary>Input that goes to the node in one batch. Its memory is pooled and has one owner at a time: the buffer, then the pump.</summary>
internal sealed class InputBlock
{
    /// <summary>The size of a batch.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MinLength = 4 * 1024;

    private byte[]? _memory;

    /// <summary>Rents a block.</summary>
    /// <param name="wanted">How much is about to be written.</param>
    public InputBlock(int wanted) => _memory = ArrayPool<byte>.Shared.Rent(Math.Clamp(wanted, MinLength, MaxLength));

    /// <summary>Gets the number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the number of bytes that still fit.</summary>
    public int Room => Math.Min(_memory!.Length, MaxLength) - Length;

    /// <summary>Gets the bytes.</summary>
    public ReadOnlyMemory<byte> Data => _memory.AsMemory(0, Length);

    /// <summary>Copies as much as fits.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>How many fitted.</returns>
    public int Write(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(Room, data.Length);
        data[..count].CopyTo(_memory.AsSpan(Length));
        Length += count;
        return count;
    }

    /// <summary>Gives the memory back. Once.</summary>
    public void Return()
    {
        var memory = _memory ?? throw new InvalidOperationException("the block was returned already");
        _memory = null;
        ArrayPool<byte>.Shared.Return(memory);
    }
}
