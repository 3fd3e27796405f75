using System.Text;
using CriAttach.Fuzz;
using CriAttach.Fuzz.Oracles;
using CriAttach.Fuzz.Targets;
using CriAttach.Wire.Channels;
using CsCheck;

namespace CriAttach.Wire.Tests.Channels;

public sealed class ResizeReaderTests
{
    private const string Sound = """{"Width":80,"Height":24}""";

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"Width\"", "\"Height\"", "\"x\"", "80", "24", "0", "-1", "1.5", "null", "true",
        "\"\\u0041\"", " ", "\n", "\\", Sound, "{\"Width\":", ",\"Height\":",
    ];

    [Theory]
    [InlineData(Sound, "80x24")]
    [InlineData("""{"height":24,"width":80}""", "80x24")]
    [InlineData("""{"WIDTH":80,"hEIGHT":24,"depth":{"Width":1,"x":[{}]}}""", "80x24")]
    [InlineData("""{"Width":81,"Height":25}{"Width":80,"Height":24}""", "81x25 80x24")]
    [InlineData("{\"Width\":81,\"Height\":25}\n \t{ \"Width\" : 80 , \"Height\" : 24 }\n", "81x25 80x24")]
    [InlineData("""{"Width":1,"Width":80,"Height":24}""", "80x24")]
    [InlineData("""{"Width":65535,"Height":65535}""", "65535x65535")]
    public void Case26_Sizes_AreRead(string stream, string expected) => AssertSizes(stream, expected);

    [Theory]
    [InlineData("""{"Width":-1}""")]
    [InlineData("garbage")]
    [InlineData("""{"Width":70000,"Height":1}""")]
    [InlineData("""{"Width":65536,"Height":1}""")]
    [InlineData("""{"Width":99999999999999999999,"Height":1}""")]
    [InlineData("""{"Width":80.0,"Height":1}""")]
    [InlineData("""{"Width":8e1,"Height":1}""")]
    [InlineData("""{"Width":"80","Height":1}""")]
    [InlineData("""{"Width":true,"Height":1}""")]
    [InlineData("""{"Width":080,"Height":1}""")]
    [InlineData("""{"Width":[80],"Height":1}""")]
    [InlineData("""{"Width":80,"Height":1""")]
    [InlineData("""{"Width":80,"Height":1]""")]
    [InlineData("""{"Width":80 "Height":1}""")]
    [InlineData("{\"Width\n")]
    [InlineData("}}]]")]
    [InlineData("[80,24]")]
    public void Case26_BadInput_IsDroppedAndReadingGoesOn(string bad) => AssertSizes(bad + Sound, "80x24");

    [Theory]
    [InlineData("""{"Width":0,"Height":24}""")]
    [InlineData("""{"Width":80,"Height":0}""")]
    [InlineData("""{"Width":80}""")]
    [InlineData("""{"Width":80,"Height":null}""")]
    [InlineData("{}")]
    public void Case26_ZeroSize_Ignored(string stream) => AssertSizes(stream + Sound, "80x24");

    [Fact]
    public void ObjectOverTheLimit_IsDropped()
    {
        var filler = new string('x', ResizeReader.MaxObjectLength);
        AssertSizes($$"""{"a":"{{filler}}","Width":1,"Height":1}""" + Sound, "80x24");
    }

    [Fact]
    public void ObjectAtTheLimit_IsRead() => AssertSizes(Sound[..^1].PadRight(ResizeReader.MaxObjectLength - 1) + "}", "80x24");

    [Fact]
    public void NestingOverTheLimit_IsDropped() =>
        AssertSizes($$"""{"a":{{new string('[', 64)}}{{new string(']', 64)}}}""" + Sound, "80x24");

    [Fact]
    public void NestingAtTheLimit_IsRead() =>
        AssertSizes($$"""{"a":{{new string('[', 63)}}{{new string(']', 63)}},"Width":80,"Height":24}""", "80x24");

    [Fact]
    public void AnyBytes_InAnyFragments_ReadAsTheOracleSays()
    {
        Gen.Select(Gen.Int[0, Tokens.Length - 1].List[0, 30], Gen.Int[0, 1000]).Sample((picks, cut) =>
        {
            var stream = Encoding.ASCII.GetBytes(string.Concat(picks.Select(pick => Tokens[pick])));
            return ResizeTarget.Read(stream, cut).SequenceEqual(ResizeOracle.Read(stream));
        });
    }

    [Fact]
    public void AnySizes_AreReadBack() =>
        Gen.Select(Gen.UShort[1, 65535], Gen.UShort[1, 65535]).List[1, 5].Sample(pairs =>
        {
            var sizes = pairs.ConvertAll(pair => new WindowSize(pair.Item1, pair.Item2));
            var stream = new List<byte>();
            foreach (var size in sizes)
            {
                var text = new byte[ResizeWriter.MaxLength];
                stream.AddRange(text[..ResizeWriter.Write(text, size)]);
            }

            return ResizeTarget.Read([.. stream], Fragments.ByteByByte).SequenceEqual(sizes);
        });

    private static void AssertSizes(string stream, string expected)
    {
        foreach (var cut in new[] { Fragments.Whole, Fragments.ByteByByte, 4, 11 })
        {
            var sizes = ResizeTarget.Read(Encoding.ASCII.GetBytes(stream), cut);
            Assert.Equal(expected, string.Join(' ', sizes.Select(size => $"{size.Width}x{size.Height}")));
        }
    }
}
