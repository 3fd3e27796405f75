using CriAttach.Load.Attach;
using CriAttach.Testing.Containerd;

namespace CriAttach.Load.Targets;

/// <summary>The containers' file system, and the programs that the phases run in it.</summary>
internal static class BenchImage
{
    internal const int InputBlock = 32 * 1024;
    internal const int ZeroBlock = 64 * 1024;

    // Reads commands from stdin and never ends by itself, so what a server loses at a container's end is not measured.
    //   p, m     prints one byte: "is anyone there", and "from here on it counts"
    //   z N      N blocks of zeros        l N  the file of lines, N times
    //   i N      reads N blocks of stdin and then prints one byte
    //   e        ends the line, so that a log has no open one
    private const string Script = """
        while read command n; do
          case $command in
            p) printf p ;;
            m) printf M ;;
            z) dd if=/dev/zero bs=65536 count=$n 2>/dev/null ;;
            l) while [ $n -gt 0 ]; do cat /bench/lines; n=$((n - 1)); done ;;
            i) dd of=/dev/null bs=32768 iflag=fullblock count=$n 2>/dev/null; printf D ;;
            e) echo ;;
          esac
        done
        """;

    internal static IReadOnlyList<string> CommandReader { get; } = ["/bin/sh", "-c", Script];

    internal static IReadOnlyList<string> Echo { get; } = ["/bin/cat"];

    internal static BusyboxImage Image { get; } = new(new Dictionary<string, byte[]> { ["/bench/lines"] = ContentPattern.Lines.Period });
}
