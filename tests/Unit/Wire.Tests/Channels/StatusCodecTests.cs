using System.Buffers;
using System.Text;
using CriAttach.Wire.Channels;
using CsCheck;

namespace CriAttach.Wire.Tests.Channels;

public sealed class StatusCodecTests
{
    [Theory]
    [InlineData("v5.channel.k8s.io", """{"metadata":{},"status":"Success"}""")]
    [InlineData("v4.base64.channel.k8s.io", """{"metadata":{},"status":"Success"}""")]
    [InlineData("channel.k8s.io", "")]
    [InlineData("", "")]
    public void Case27_Success_IsJsonOrNothing(string protocol, string expected) =>
        Assert.Equal(expected, Write(protocol, SessionStatus.Success));

    [Theory]
    [InlineData(
        "v4.channel.k8s.io",
        """{"metadata":{},"status":"Failure","message":"Internal error occurred: error attaching to container: it's <gone>","reason":"InternalError","details":{"causes":[{"message":"error attaching to container: it's <gone>"}]},"code":500}""")]
    [InlineData("base64.channel.k8s.io", "Internal error occurred: error attaching to container: it's <gone>")]
    public void Case28_Failure_IsJsonOrPlainText(string protocol, string expected) =>
        Assert.Equal(expected, Write(protocol, SessionStatus.InternalError("error attaching to container: it's <gone>")));

    [Fact]
    public void NonZeroExitCode_HasItsCauseAndNoCode() => Assert.Equal(
        """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}""",
        Write("v5.channel.k8s.io", SessionStatus.NonZeroExitCode(3)));

    [Theory]
    [InlineData("")]
    [InlineData("""{"status":"Success"}""")]
    [InlineData("""{"metadata":{},"status":"Success"}""")]
    public void SuccessOfAnyServer_IsParsed(string content) =>
        Assert.Equal(SessionStatus.Success, Parse(content));

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"status":"Success"}{"status":"Success"}""")]
    [InlineData("""{"status":7}""")]
    public void NoStatus_IsNotParsed(string content) =>
        Assert.False(StatusCodec.TryParse(Encoding.UTF8.GetBytes(content), StreamProtocol.V5, out _));

    [Fact]
    public void MessageWithHalfASurrogatePair_IsShownAsWritten() =>
        Assert.Equal("\\ud800", Parse("""{"status":"Failure","message":"\ud800"}""").Message);

    [Fact]
    public void MessageThatIsNoUtf8_IsParsedAsAFailure()
    {
        byte[] content = [.. """{"status":"Failure","message":"x"""u8, 0x81, .. "\"}"u8];
        Assert.True(StatusCodec.TryParse(content, StreamProtocol.V5, out var status));
        Assert.Equal("x\uFFFD", status.Message);
    }

    [Fact]
    public void PlainText_IsAFailure()
    {
        Assert.True(StatusCodec.TryParse("it broke"u8, StreamProtocol.Channel, out var status));
        Assert.Equal((false, "it broke"), (status.IsSuccess, status.Message));
    }

    [Fact]
    public void AnyStatus_IsReadBack() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int, Gen.Int[0, 255]).Sample((reason, message, code, exit) =>
        {
            SessionStatus[] all =
            [
                SessionStatus.Failure(Clean(reason), Clean(message), code),
                SessionStatus.InternalError(Clean(message)),
                SessionStatus.NonZeroExitCode(exit),
            ];
            return all.All(status => Parse(Write("v4.channel.k8s.io", status)) == status);

            static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        });

    private static string Write(string name, SessionStatus status)
    {
        Assert.True(StreamProtocol.TryParse(name, out var protocol));
        var output = new ArrayBufferWriter<byte>();
        StatusCodec.Write(output, protocol, status);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static SessionStatus Parse(string content)
    {
        Assert.True(StatusCodec.TryParse(Encoding.UTF8.GetBytes(content), StreamProtocol.V5, out var status));
        return status;
    }
}
