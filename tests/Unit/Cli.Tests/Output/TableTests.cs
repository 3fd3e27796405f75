using CriAttach.Cli.Output;

namespace CriAttach.Cli.Tests.Output;

public sealed class TableTests
{
    [Fact]
    public void Columns_AsWideAsTheirWidestCell()
    {
        var table = new Table("ID", "NAME", "STATE");
        table.Add("1", "a-long-name", "up");
        table.Add("22", "b", "");

        Assert.Equal("ID   NAME          STATE\n1    a-long-name   up\n22   b\n", Text(table));
    }

    [Fact]
    public void Empty_HeadingsOnly() => Assert.Equal("ID   NAME\n", Text(new Table("ID", "NAME")));

    [Fact]
    public void ControlCharacters_ShownNotSent()
    {
        var table = new Table("NAME");
        table.Add("\u001b[2Jgone\n");

        Assert.Equal("NAME\n\\x1b[2Jgone\\x0a\n", Text(table));
    }

    [Fact]
    public void WrongNumberOfCells_Thrown() => Assert.Throws<ArgumentException>(() => new Table("A", "B").Add("1"));

    private static string Text(Table table)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        table.Write(writer);
        return writer.ToString();
    }
}
