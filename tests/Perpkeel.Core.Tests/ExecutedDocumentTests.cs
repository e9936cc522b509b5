using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests;

[Trait("Req", "DOC-1")]
public sealed class ExecutedDocumentTests
{
    private const string Sample =
        """
        # Title

        Two lines, the second with 1,234.5:

        <!-- executed: first -->
        ```text
        one
        two 1234.5
        ```

        <!-- executed: second -->
        ```
        42
        ```
        """;

    [Fact]
    public void A_document_that_is_what_code_gives_has_no_faults() =>
        Assert.Empty(Faults(Sample, ["one", "two 1234.5"], ["42"]));

    [Theory]
    [InlineData("two 1234.6", "line 2 is \"two 1234.5\", code gives \"two 1234.6\"")]
    [InlineData(null, "line 2 is \"two 1234.5\", code gives nothing")]
    public void A_block_that_differs_is_told_with_its_first_line(string? line, string part)
    {
        string[] first = line is null ? ["one"] : ["one", line];

        var fault = Assert.Single(Faults(Sample, first, ["42"]));

        Assert.StartsWith("text:7: block first: ", fault, StringComparison.Ordinal);
        Assert.Contains(part, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_lacks_a_line_is_told()
    {
        var fault = Assert.Single(Faults(Sample, ["one", "two 1234.5", "three"], ["42"]));

        Assert.Contains("line 3 is nothing, code gives \"three\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_without_code_and_code_without_blocks_are_told()
    {
        var document = ExecutedDocument.From(Sample);
        var blocks = Blocks(("first", ["one", "two 1234.5"]), ("third", ["3"]));

        Assert.Equal(
            "text:13: block second is made by nothing|text: block third is missing",
            string.Join('|', document.Faults(blocks)));
    }

    [Fact]
    public void A_block_that_is_there_twice_is_told()
    {
        var twice = Sample.Replace("second", "first", StringComparison.Ordinal);

        Assert.Contains(
            "text: block first is there 2 times",
            ExecutedDocument.From(twice).Faults(Blocks(("first", ["one", "two 1234.5"]))),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("A number 99 of nobody", "99")]
    [InlineData("0.75 at the start", "0.75")]
    [InlineData("the end is 1,000.", "1000")]
    [InlineData("negative -17 too", "17")]
    [InlineData("`in code 13`", "13")]
    [InlineData("a sum 1+23", "23")]
    [InlineData("| 55 | in a table |", "55")]
    public void A_number_that_no_block_has_is_told(string prose, string number)
    {
        var text = Sample.Replace("# Title", prose, StringComparison.Ordinal);

        var fault = Assert.Single(Faults(text, ["one", "two 1234.5"], ["42"]));

        Assert.Equal($"text:1: {number} stands in no executed block", fault);
    }

    [Theory]
    [InlineData("Digits 1, 2 and 3 are words")]
    [InlineData("MAR-12, SHA-256, Int128 and x86_64 are names")]
    [InlineData("[a link](files/2021/07.md) and https://example.com/123")]
    [InlineData("<!-- 123 -->")]
    [InlineData("again 42, and 1234.5.")]
    public void Names_links_and_numbers_of_blocks_are_no_faults(string prose)
    {
        var text = Sample.Replace("# Title", prose, StringComparison.Ordinal);

        Assert.Empty(Faults(text, ["one", "two 1234.5"], ["42"]));
    }

    [Fact]
    public void A_fenced_block_without_a_mark_is_prose()
    {
        var text = Sample.Replace("# Title", "```\n77\n```", StringComparison.Ordinal);

        Assert.Equal(
            "text:2: 77 stands in no executed block",
            Assert.Single(Faults(text, ["one", "two 1234.5"], ["42"])));
    }

    [Fact]
    public void Blocks_are_filled_with_what_code_gives_and_nothing_else_changes()
    {
        var document = ExecutedDocument.From(Sample);

        document.Fill(Blocks(("first", ["a", "b 1234.5", "c"]), ("second", [])));

        Assert.Equal(
            Sample.Replace("one\ntwo 1234.5", "a\nb 1234.5\nc", StringComparison.Ordinal)
                .Replace("42\n", string.Empty, StringComparison.Ordinal),
            document.Text);
    }

    private static IReadOnlyList<string> Faults(string text, string[] first, string[] second) =>
        [.. ExecutedDocument.From(text.ReplaceLineEndings("\n"))
            .Faults(Blocks(("first", first), ("second", second)))];

    private static Dictionary<string, IReadOnlyList<string>> Blocks(
        params (string Name, string[] Lines)[] blocks) =>
        blocks.ToDictionary(
            block => block.Name, block => (IReadOnlyList<string>)block.Lines, StringComparer.Ordinal);
}
