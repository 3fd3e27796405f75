using System.Text;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Oracles;

/// <summary>Says what whole messages mean.</summary>
public static class ChannelOracle
{
    /// <summary>What is in the messages, up to a fault.</summary>
    public static Trace Read(
        IEnumerable<byte[]> messages, StreamProtocol protocol, WebSocketRole role, int maxBase64Message)
    {
        var trace = new Trace();
        int[] wanted = role == WebSocketRole.Server ? [0, 4] : [1, 2, 3];
        foreach (var message in messages.Where(message => message.Length > 0))
        {
            var channel = protocol.IsBase64 ? message[0] - '0' : message[0];
            if (channel == 255 && protocol == StreamProtocol.V5 && role == WebSocketRole.Server)
            {
                if (message.Length != 2 || message[1] > 4)
                {
                    trace.Add("fault 1000");
                    return trace;
                }

                trace.Add($"close {message[1]}");
            }
            else if (wanted.Contains(channel) && !protocol.IsBase64)
            {
                trace.Add($"data {channel}", message.AsSpan(1));
            }
            else if (wanted.Contains(channel))
            {
                if (message.Length > maxBase64Message)
                {
                    trace.Add("fault 1009");
                    return trace;
                }

                AddBase64(trace, channel, Encoding.Latin1.GetString(message.AsSpan(1)));
            }
        }

        return trace;
    }

    private static void AddBase64(Trace trace, int channel, string text)
    {
        try
        {
            trace.Add($"data {channel}", Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            trace.Add($"malformed {channel}");
        }
    }
}
