using System.Text;
using CriAttach.Wire.Conmon;

namespace CriAttach.Wire.Tests.Conmon;

public sealed class ConmonCtlTests
{
    [Fact]
    public void Case50_Resize_HasHeightBeforeWidth()
    {
        var line = new byte[ConmonCtl.MaxWrittenLength];
        Assert.True(ConmonCtl.TryWriteResize(line, new WindowSize(Width: 80, Height: 24), out var written));
        Assert.Equal("1 24 80\n", Encoding.ASCII.GetString(line, 0, written));
    }

    [Fact]
    public void ReopenLogs_HasZeros()
    {
        var line = new byte[ConmonCtl.MaxWrittenLength];
        Assert.Equal("2 0 0\n", Encoding.ASCII.GetString(line, 0, ConmonCtl.WriteReopenLogs(line)));
    }

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(0, 0, true)]
    [InlineData(1001, 24, false)]
    [InlineData(80, 1001, false)]
    [InlineData(65535, 65535, false)]
    public void SizeThatConmonRefuses_IsNotWritten(ushort width, ushort height, bool expected) => Assert.Equal(
        expected, ConmonCtl.TryWriteResize(new byte[ConmonCtl.MaxWrittenLength], new WindowSize(width, height), out _));

    [Fact]
    public void Lines_AreReadBackByteByByte()
    {
        var stream = "1 24 80\n2 0 0\n1 1000 0\n"u8;
        var messages = new List<ConmonCtlMessage>();
        var start = 0;
        for (var end = 1; end <= stream.Length; end++)
        {
            var input = stream[start..end];
            if (ConmonCtl.TryRead(ref input, out var message))
            {
                messages.Add(message);
                start = end - input.Length;
            }
        }

        Assert.Equal(
            [
                new(ConmonCtlKind.Resize, new(80, 24)), new(ConmonCtlKind.ReopenLogs, default),
                new(ConmonCtlKind.Resize, new(0, 1000)),
            ],
            messages);
    }

    [Theory]
    [InlineData("3 24 80\n")]
    [InlineData("1 24\n")]
    [InlineData("1 24 80 1\n")]
    [InlineData("1  24 80\n")]
    [InlineData("1 -1 80\n")]
    [InlineData("1 1001 80\n")]
    [InlineData("\n")]
    public void BadLine_Throws(string line) => AssertFault(line);

    [Fact]
    public void LineOver199Bytes_Throws() => AssertFault("1 24 " + new string('0', ConmonCtl.MaxLineLength));

    private static void AssertFault(string line) => Assert.Throws<ConmonProtocolException>(() =>
    {
        ReadOnlySpan<byte> input = Encoding.ASCII.GetBytes(line);
        ConmonCtl.TryRead(ref input, out _);
    });
}
