using System.Text;
using System.Text.RegularExpressions;
using CriAttach.Silo.Runtimes.CriUpstream.Joining;
using CsCheck;

namespace CriAttach.Silo.Tests.Runtimes.CriUpstream;

/// <summary>Whatever is written, attached, cut, late or out of step: what is told is what was written, or is said to be uncertain.</summary>
public sealed partial class OutputMergeModelTests
{
    public static TheoryData<string, bool> Outputs => new()
    {
        { "y\n", false },
        { "a line\nanother\nand one more\n", false },
        { "no line at all ", false },
        { "$ ", false },
        { "echo\r\n# ", true },
        { "\r\n", true },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void RepetitiveOutput_IsToldExactlyOrUncertain(string text, bool terminal) =>
        Gen.Int[0, 11].Array[1, 200].Sample(
            steps =>
            {
                var at = 0;
                Run(steps, terminal, count => [.. Enumerable.Range(0, count).Select(_ => (byte)text[at++ % text.Length])]);
            },
            iter: 500);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RandomLines_AreToldExactlyOrUncertain(bool terminal) =>
        Gen.Select(Gen.Int[0, 11].Array[1, 200], Gen.Int).Sample(
            (steps, seed) =>
            {
                var random = new Random(seed);
                Run(steps, terminal, count => Lines(random, count, terminal ? "\r\n" : "\n"));
            },
            iter: 1000);

    [Fact]
    public void RandomBytes_AreToldAsTheLogHasThemOrUncertain() =>
        Gen.Select(Gen.Int[0, 11].Array[1, 200], Gen.Int).Sample(
            (steps, seed) =>
            {
                var random = new Random(seed);
                Run(steps, false, count => Bytes(random, count), exact: false);
            },
            iter: 1000);

    [Fact]
    public void JoinedFromTheStart_RandomBytesWithEveryLineEnd_AreExact() => RunFromTheStart(seed: 7, writes: 200, logKeepsUp: true);

    [Fact]
    public void AttachmentIsFarAheadOfTheLog_RandomBytesAreExact() => RunFromTheStart(seed: 8, writes: 1000, logKeepsUp: false);

    [Fact]
    public void Prompt_IsToldBeforeTheLogHasIt()
    {
        var runtime = new FakeRuntime(terminal: true);
        runtime.Attach();
        runtime.Write("hello\r\n# "u8);
        runtime.DeliverLive();
        runtime.DeliverLog();
        Assert.Equal("hello\r\n# ", Encoding.ASCII.GetString([.. runtime.Told]));
        runtime.Write("l"u8);
        runtime.DeliverLive();
        Assert.Equal("hello\r\n# l", Encoding.ASCII.GetString([.. runtime.Told]));
    }

    [Fact]
    public void LineThatBeganBeforeTheAttachment_IsToldWhole()
    {
        var runtime = new FakeRuntime(terminal: true);
        runtime.Write("# "u8);
        runtime.Attach();
        runtime.Write("ls\r\nfile\r\n# "u8);
        runtime.DeliverLive();
        runtime.DeliverLog();
        runtime.DeliverLog();
        Assert.Equal("# ls\r\nfile\r\n# ", Encoding.ASCII.GetString([.. runtime.Told]));
        Assert.False(runtime.IsUncertain);
    }

    /// <summary>Attached from the start, all is told exactly, whether the log comes at once or last.</summary>
    private static void RunFromTheStart(int seed, int writes, bool logKeepsUp)
    {
        var random = new Random(seed);
        var runtime = new FakeRuntime(terminal: false);
        runtime.Attach();
        for (var i = 1; i <= writes; i++)
        {
            runtime.Write(Bytes(random, 300));
            runtime.DeliverLive();
            while ((logKeepsUp || i == writes) && runtime.DeliverLog())
            {
                // As far as there is something.
            }
        }

        Assert.True(runtime.Merge.IsJoined);
        runtime.Exit();
        Assert.False(runtime.IsUncertain);
        Assert.Equal(runtime.Truth, runtime.Told);
    }

    private static void Run(int[] steps, bool terminal, Func<int, byte[]> next, bool exact = true)
    {
        var runtime = new FakeRuntime(terminal);
        foreach (var step in steps)
        {
            switch (step)
            {
                case 0:
                    runtime.Attach();
                    break;
                case 1:
                    runtime.Merge.Settle();
                    break;
                case 2:
                    runtime.Merge.Release(steps.Length % 2 == 0 ? Waited.ToBeFound : Waited.ForFirstBytes);
                    break;
                case 3 when steps.Length % 3 == 0:
                    runtime.Merge.Release(Waited.ForTheSame);
                    runtime.Merge.Assume();
                    break;
                case 4 when steps.Length % 5 == 0:
                    runtime.Detach();
                    break;
                case 5 or 6 or 7:
                    runtime.DeliverLog(most: step == 7 ? 100 : 1);
                    break;
                case 8 or 9:
                    runtime.DeliverLive();
                    break;
                default:
                    runtime.Write(next((steps.Length * 7 % 50) + 1));
                    break;
            }
        }

        runtime.Exit();
        if (!runtime.IsUncertain)
        {
            Assert.Equal(
                Text(runtime.Truth, exact),
                Text(runtime.Told, exact));
        }
    }

    // What was written while nobody was attached has lost its carriage returns.
    private static string Text(List<byte> bytes, bool exact)
    {
        var text = Encoding.Latin1.GetString([.. bytes]);
        return exact ? text : Returns().Replace(text, "\n");
    }

    [GeneratedRegex("\r+\n")]
    private static partial Regex Returns();

    private static byte[] Lines(Random random, int count, string end)
    {
        var text = new StringBuilder();
        while (text.Length < count)
        {
            text.Append((char)('a' + random.Next(4)), random.Next(4)).Append(random.Next(3) == 0 ? end : "");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        for (var i = 0; i < count; i++)
        {
            // More line ends than chance gives.
            bytes[i] = bytes[i] switch { < 10 => (byte)'\r', < 20 => (byte)'\n', var value => value };
        }

        return bytes;
    }
}
