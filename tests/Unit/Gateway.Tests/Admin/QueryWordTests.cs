using CriAttach.AdminApi;
using CriAttach.Gateway.Admin;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Admin;

public sealed class QueryWordTests
{
    [Theory]
    [InlineData("running", ContainerPhase.Running)]
    [InlineData("Running", ContainerPhase.Running)]
    [InlineData("EXITED", ContainerPhase.Exited)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Name_IsTheWord(string? text, ContainerPhase? expected) => Assert.Equal(expected, QueryWord.Parse<ContainerPhase>(text));

    [Theory]
    [InlineData("created,running")]
    [InlineData("running,")]
    [InlineData(" running")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("asleep")]
    public void AnythingElse_IsBad(string text) => Assert.Throws<BadHttpRequestException>(() => QueryWord.Parse<ContainerPhase>(text));
}
