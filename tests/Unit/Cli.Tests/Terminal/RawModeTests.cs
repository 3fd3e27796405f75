using CriAttach.Cli.Terminal;
using CriAttach.Cli.Tests.Fakes;
using CriAttach.Wire;

namespace CriAttach.Cli.Tests.Terminal;

public sealed class RawModeTests
{
    [Fact]
    public void Entered_KeysComeAtOnceAndUnchanged()
    {
        using var terminal = new PseudoTerminal();
        using var raw = RawMode.TryEnter(terminal.Program);
        Assert.NotNull(raw);
        var (person, program) = Streams(terminal);

        // Cooked, a line break would be waited for, Ctrl-C would be a signal, and CR would become LF.
        person.Write([3, 16, (byte)'\r']);
        var typed = new byte[16];
        var count = program.Read(typed);

        Assert.Equal([3, 16, (byte)'\r'], typed[..count]);
    }

    [Fact]
    public void Disposed_TerminalAsBefore()
    {
        using var terminal = new PseudoTerminal();
        var before = terminal.Modes;

        using (var raw = RawMode.TryEnter(terminal.Program))
        {
            Assert.NotEqual(before, terminal.Modes);
            raw!.Dispose();
            Assert.Equal(before, terminal.Modes);
        }

        Assert.Equal(before, terminal.Modes);
    }

    [Fact]
    public void NoTerminal_Null()
    {
        using var file = File.OpenRead("/dev/null");

        Assert.Null(RawMode.TryEnter((int)file.SafeFileHandle.DangerousGetHandle()));
    }

    [Fact]
    public void Window_SizeAsThePersonSetIt()
    {
        using var terminal = new PseudoTerminal();
        var window = new TerminalWindow(terminal.Program);
        Assert.Null(window.Size);

        terminal.Resize(132, 43);

        Assert.Equal(new WindowSize(132, 43), window.Size);
    }

    [Fact]
    public void Streams_KnowWhatTheyAre()
    {
        using var terminal = new PseudoTerminal();
        var (_, program) = Streams(terminal);
        using var file = File.OpenRead("/dev/null");
        using var nothing = new FileDescriptorStream((int)file.SafeFileHandle.DangerousGetHandle(), FileAccess.Read);

        Assert.True(program.IsTerminal);
        Assert.False(nothing.IsTerminal);
        Assert.Equal(0, nothing.Read(new byte[1]));
    }

    private static (FileDescriptorStream Person, FileDescriptorStream Program) Streams(PseudoTerminal terminal) =>
        (new(terminal.Person, FileAccess.Write), new(terminal.Program, FileAccess.Read));
}
