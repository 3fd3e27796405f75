using CriAttach.Wire.Channels;

namespace CriAttach.Fuzz.Oracles;

/// <summary>What came over channels, however it was cut: neighbours of one channel are one.</summary>
public sealed class ChannelOutput
{
    private readonly List<(StdioChannel Channel, List<byte> Bytes)> _runs = [];

    /// <summary>Adds bytes.</summary>
    public void Add(StdioChannel channel, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (_runs.Count == 0 || _runs[^1].Channel != channel)
        {
            _runs.Add((channel, []));
        }

        _runs[^1].Bytes.AddRange(bytes);
    }

    /// <summary>Adds a line for each run.</summary>
    public void Tell(Trace trace)
    {
        foreach (var (channel, bytes) in _runs)
        {
            trace.Add($"{channel}", bytes.ToArray());
        }
    }
}
