using CriAttach.Streams.Hosting;

namespace CriAttach.Streams.Tests.Hosting;

public sealed class ProcessGarbageTests
{
    [Fact]
    public void ThisProcess_TellsOfItsOwnMemory()
    {
        var memory = new ProcessGarbage();
        var (collections, allocated) = (memory.Collections, memory.Allocated);
        GC.Collect();
        GC.KeepAlive(new byte[1024 * 1024]);
        Assert.True(memory.Collections > collections);
        Assert.True(memory.Allocated > allocated);
    }
}
