using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Oracles;

/// <summary>Reads frames out of a whole array, a byte at a time.</summary>
public static class WebSocketOracle
{
    /// <summary>What is in the bytes: frames, then a fault or an incomplete frame.</summary>
    public static Trace Read(byte[] wire, WebSocketRole role, long maxFramePayload)
    {
        var trace = new Trace();
        var at = 0;
        while (true)
        {
            if (wire.Length - at < 2)
            {
                return trace;
            }

            int first = wire[at], second = wire[at + 1];
            int opcode = first % 16, shortLength = second % 128;
            bool final = first >= 128, masked = second >= 128, control = opcode >= 8;
            if (first / 16 % 8 != 0
                || (opcode > 2 && opcode < 8) || opcode > 10
                || masked != (role == WebSocketRole.Server)
                || (control && (!final || shortLength > 125)))
            {
                trace.Add("fault 1002");
                return trace;
            }

            var extra = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
            if (wire.Length - at < 2 + extra)
            {
                return trace;
            }

            UInt128 length = extra == 0 ? (UInt128)shortLength : 0;
            for (var i = 0; i < extra; i++)
            {
                length = (length * 256) + wire[at + 2 + i];
            }

            if (length >= UInt128.One << 63 || (!control && length > (UInt128)maxFramePayload))
            {
                trace.Add(length >= UInt128.One << 63 ? "fault 1002" : "fault 1009");
                return trace;
            }

            var body = at + 2 + extra + (masked ? 4 : 0);
            if (wire.Length < body)
            {
                return trace;
            }

            var have = Math.Min((int)length, wire.Length - body);
            var whole = have == (int)length;
            if (!whole && (control || have == 0))
            {
                return trace;
            }

            var payload = new byte[have];
            for (var i = 0; i < have; i++)
            {
                payload[i] = (byte)(wire[body + i] ^ (masked ? wire[body - 4 + (i % 4)] : 0));
            }

            trace.Add($"{(WebSocketOpcode)opcode} {(final ? "last" : "more")} {(whole ? "whole" : "open")}", payload);
            if (!whole)
            {
                return trace;
            }

            at = body + have;
        }
    }
}
