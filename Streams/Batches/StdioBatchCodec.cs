using System.Buffers;
using System.Buffers.Binary;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace CriAttach.Streams.Batches;

/// <summary>
/// Writes a batch straight from the log's blocks and reads it straight into a pooled block: no array per message.
/// <code>
/// length(varint) | header length(1) | version(1) flags(1) channel(16) generation(8) epoch(8) offset(8) gap(8) slices(2) | slices x (stream(1) length(4)) | bytes
/// </code>
/// All integers little-endian. A reader skips what a later version adds to the header, and refuses nothing for it.
/// </summary>
[RegisterSerializer]
internal sealed class StdioBatchCodec : IFieldCodec<StdioBatch>
{
    private const byte Version = 1;
    private const byte EndFlag = 1;
    private const int HeaderLength = 1 + 1 + 16 + 8 + 8 + 8 + 8 + 2;
    private const int SliceLength = 1 + 4;

    /// <summary>The most slices of a batch; the pump never makes more.</summary>
    public const int MaxSlices = 64;

    /// <summary>The most bytes of a batch that a reader accepts.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly Type CodecFieldType = typeof(StdioBatch);

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, StdioBatch? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ArgumentNullException.ThrowIfNull(value);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, CodecFieldType, WireType.LengthPrefixed);
        var slices = value.Slices;
        Span<byte> head = stackalloc byte[1 + HeaderLength + (MaxSlices * SliceLength)];
        head = head[..(1 + HeaderLength + (slices.Count * SliceLength))];
        WriteHead(head, value);
        writer.WriteVarUInt32((uint)(head.Length + value.Length));
        writer.Write(head);
        for (var i = 0; i < slices.Count; i++)
        {
            writer.Write(slices[i].Data.Span);
        }
    }

    /// <inheritdoc/>
    public StdioBatch ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        var length = reader.ReadVarUInt32();
        Span<byte> header = stackalloc byte[byte.MaxValue];
        header = header[..reader.ReadByte()];
        if (header.Length < HeaderLength)
        {
            throw new SerializerException("the header of a stdio batch is too short");
        }

        reader.ReadBytes(header);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(header[50..]);
        var bytes = (long)length - 1 - header.Length - (count * SliceLength);
        if (count > MaxSlices || bytes is < 0 or > MaxBytes)
        {
            throw new SerializerException("the lengths of a stdio batch contradict each other");
        }

        return new StdioBatch(ReadSlices(ref reader, count, (int)bytes), owned: true)
        {
            End = (header[1] & EndFlag) != 0,
            Channel = new Guid(header.Slice(2, 16)),
            Generation = BinaryPrimitives.ReadInt64LittleEndian(header[18..]),
            Epoch = BinaryPrimitives.ReadInt64LittleEndian(header[26..]),
            Offset = BinaryPrimitives.ReadInt64LittleEndian(header[34..]),
            Gap = BinaryPrimitives.ReadInt64LittleEndian(header[42..]),
        };
    }

    private static void WriteHead(Span<byte> head, StdioBatch value)
    {
        head[0] = HeaderLength;
        head[1] = Version;
        head[2] = value.End ? EndFlag : (byte)0;
        value.Channel.TryWriteBytes(head[3..]);
        BinaryPrimitives.WriteInt64LittleEndian(head[19..], value.Generation);
        BinaryPrimitives.WriteInt64LittleEndian(head[27..], value.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(head[35..], value.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(head[43..], value.Gap);
        BinaryPrimitives.WriteUInt16LittleEndian(head[51..], (ushort)value.Slices.Count);
        var at = 1 + HeaderLength;
        foreach (var slice in value.Slices)
        {
            head[at] = (byte)slice.Stream;
            BinaryPrimitives.WriteInt32LittleEndian(head[(at + 1)..], slice.Data.Length);
            at += SliceLength;
        }
    }

    private static LogSlice[] ReadSlices<TInput>(ref Reader<TInput> reader, int count, int bytes)
    {
        Span<byte> table = stackalloc byte[MaxSlices * SliceLength];
        table = table[..(count * SliceLength)];
        reader.ReadBytes(table);
        CheckSum(table, bytes);
        if (count == 0)
        {
            return [];
        }

        var block = new PooledBlock(bytes);
        reader.ReadBytes(block.Memory.Span[..bytes]);
        var slices = new LogSlice[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var length = LengthAt(table, i);
            if (i > 0)
            {
                block.Retain();
            }

            slices[i] = new LogSlice((StdioStream)table[i * SliceLength], block, block.Memory.Slice(at, length));
            at += length;
        }

        return slices;
    }

    /// <summary>Before memory is rented or a byte is read: the slices are exactly the bytes.</summary>
    private static void CheckSum(ReadOnlySpan<byte> table, int bytes)
    {
        long sum = 0;
        for (var i = 0; i < table.Length / SliceLength; i++)
        {
            var length = LengthAt(table, i);
            sum += length < 0 ? int.MaxValue : length;
        }

        if (sum != bytes)
        {
            throw new SerializerException("the slices of a stdio batch are not as long as its bytes");
        }
    }

    private static int LengthAt(ReadOnlySpan<byte> table, int slice) =>
        BinaryPrimitives.ReadInt32LittleEndian(table[((slice * SliceLength) + 1)..]);
}
