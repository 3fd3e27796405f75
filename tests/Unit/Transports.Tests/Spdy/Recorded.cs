namespace CriAttach.Transports.Tests.Spdy;

/// <summary>What client-go sends when it attaches with stdin, stdout and stderr (PROTOCOL.md 4.4), and what it gets at once.</summary>
internal static class Recorded
{
    public static byte[] Client { get; } = Hex(
        "80030001 00000028 00000001 00000000 0000 78f9e3c6a7c202a62346703a2b294a4dcc851625aca9a08006000000ffff",
        "80030001 00000017 00000003 00000000 0000 c22e555c02cc2e00000000ffff",
        "80030001 00000019 00000005 00000000 0000 c22a054ce729f9a52500000000ffff",
        "80030001 00000014 00000007 00000000 0000 c229073414000000ffff",
        "00000003 00000006 6563686f0a0a",
        "80030006 00000004 00000001",
        "00000003 01000000",
        "80030003 00000008 00000005 00000005",
        "80030007 00000008 00000000 00000000");

    public static byte[] Replies { get; } = Hex(
        "80030002 00000018 00000001 78bbe3c6a7c2000400fbff00000000000000ffff",
        "80030002 00000012 00000003 000400fbff00000000000000ffff",
        "80030002 00000012 00000005 000400fbff00000000000000ffff",
        "80030002 00000012 00000007 000400fbff00000000000000ffff",
        "80030006 00000004 00000001");

    private static byte[] Hex(params string[] parts) =>
        Convert.FromHexString(string.Concat(parts).Replace(" ", "", StringComparison.Ordinal));
}
