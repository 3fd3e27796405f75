namespace CriAttach.Runtimes.Tests.Conmon;

/// <summary>Takes lines that count up from 1, in any pieces, and insists on each of them once.</summary>
internal sealed class CounterCheck
{
    private long _value;
    private bool _inLine;

    /// <summary>Gets how many lines were complete.</summary>
    public long Lines { get; private set; }

    /// <summary>Takes bytes.</summary>
    public void Take(ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            if (value != '\n')
            {
                if (value is < (byte)'0' or > (byte)'9')
                {
                    Assert.Fail($"byte {value} after line {Lines}");
                }

                _value = (_inLine ? _value * 10 : 0) + (value - '0');
                _inLine = true;
                continue;
            }

            if (_value != ++Lines)
            {
                Assert.Fail($"line {_value} came instead of {Lines}");
            }

            _inLine = false;
        }
    }
}
