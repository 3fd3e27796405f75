using CriAttach.Silo.Hosting.Clustering;

namespace CriAttach.Silo.Tests.Hosting;

public sealed class SiloGenerationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ClockGoesOn_ItIsTheTime()
    {
        Assert.Equal(100, SiloGeneration.Next(_directory.Path, 100));
        Assert.Equal(200, SiloGeneration.Next(_directory.Path, 200));
    }

    [Fact]
    public void ClockWasSetBack_ItGrowsAllTheSame()
    {
        Assert.Equal(7300, SiloGeneration.Next(_directory.Path, 7300));
        Assert.Equal(7301, SiloGeneration.Next(_directory.Path, 100));
        Assert.Equal(7302, SiloGeneration.Next(_directory.Path, 101));
        Assert.Equal(8000, SiloGeneration.Next(_directory.Path, 8000));
    }

    [Fact]
    public void WhatWasKeptIsNoNumber_NodeBeginsAllTheSame()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "generation"), "\0\0");
        Assert.Equal(100, SiloGeneration.Next(_directory.Path, 100));
    }
}
