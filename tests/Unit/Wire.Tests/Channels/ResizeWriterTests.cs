using CriAttach.Wire.Channels;

namespace CriAttach.Wire.Tests.Channels;

public sealed class ResizeWriterTests
{
    [Theory]
    [InlineData(80, 24, "{\"Width\":80,\"Height\":24}\n")]
    [InlineData(65535, 65535, "{\"Width\":65535,\"Height\":65535}\n")]
    public void Size_IsWrittenAsClientGoDoes(ushort width, ushort height, string expected)
    {
        var text = new byte[ResizeWriter.MaxLength];
        var written = ResizeWriter.Write(text, new WindowSize(width, height));
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(text, 0, written));
    }

    [Fact]
    public void DestinationTooShort_Throws() =>
        Assert.Throws<ArgumentException>(() => ResizeWriter.Write(new byte[5], new WindowSize(80, 24)));
}
