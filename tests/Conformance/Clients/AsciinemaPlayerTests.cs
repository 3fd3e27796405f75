using System.Buffers;
using System.Text;
using System.Text.Json;
using CriAttach.Testing;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Asciicast;
using CriAttach.Wire.Recordings;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>The public asciinema player plays our recordings, hashes and joined parts and all.</summary>
public sealed class AsciinemaPlayerTests
{
    private const int Bytes = 500_000;

    [Fact]
    public async Task JoinedRecording_PlaysAsItWasWritten()
    {
        var path = Path.GetTempFileName();
        try
        {
            var output = new byte[Bytes];
            new Random(29).NextBytes(output);
            await File.WriteAllBytesAsync(path, Recording(output), TestContext.Current.CancellationToken);
            await using var player = ClientProcess.Start("node", [Path.Combine(Repository.Top, "tests/Conformance/Clients/node/play.mjs"), path]);
            Assert.True(await player.ExitAsync() == 0, player.Errors.ToString());
            using var played = JsonDocument.Parse(player.Output.ToArray());
            Assert.Equal([101, 31], played.RootElement.GetProperty("size").EnumerateArray().Select(number => number.GetInt32()));
            Assert.Equal(Encoding.UTF8.GetString(output), played.RootElement.GetProperty("output").GetString());
            Assert.Equal(["90x30", "120x40"], Texts("resizes"));
            Assert.Equal(["session 0a1b2c3d attached", "session 0a1b2c3d left: ClientDetached"], Texts("markers"));

            IEnumerable<string?> Texts(string name) => played.RootElement.GetProperty(name).EnumerateArray().Select(text => text.GetString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Recording(byte[] output)
    {
        using var chain = new ChainWriter("r", key: null);
        var (file, piece, cast, stream, at) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>(), new AsciicastWriter(), new AsciicastText(), TimeSpan.Zero);
        BeginPart();
        cast.Write(piece, at, AsciicastCode.Marker, "session 0a1b2c3d attached");
        var half = output.Length / 2;
        foreach (var chunk in output[..half].Chunk(7777))
        {
            cast.Write(piece, at += TimeSpan.FromMilliseconds(10), AsciicastCode.Output, stream, chunk);
            EndPiece(ChainMark.Piece);
        }

        cast.Write(piece, at, AsciicastCode.Resize, "90x30");
        EndPiece(ChainMark.Continued);
        file.Write(ChainWriter.JoinedHeader);
        BeginPart();
        foreach (var chunk in output[half..].Chunk(7777))
        {
            cast.Write(piece, at += TimeSpan.FromMilliseconds(10), AsciicastCode.Output, stream, chunk);
        }

        cast.WriteRest(piece, at, AsciicastCode.Output, stream);
        cast.Write(piece, at, AsciicastCode.Resize, "120x40");
        cast.Write(piece, at, AsciicastCode.Marker, "session 0a1b2c3d left: ClientDetached");
        cast.Write(piece, at, AsciicastCode.Exit, "0");
        EndPiece(ChainMark.End);
        return file.WrittenSpan.ToArray();

        void BeginPart()
        {
            AsciicastWriter.WriteHeader(piece, new AsciicastHeader { Columns = 101, Rows = 31, TerminalType = "xterm", Timestamp = 1504467315, Title = "prod/web-0/shell" });
            chain.WritePart(piece);
        }

        void EndPiece(ChainMark mark)
        {
            chain.Append(piece.WrittenSpan);
            chain.WriteMark(piece, mark);
            file.Write(piece.WrittenSpan);
            piece.ResetWrittenCount();
        }
    }
}
