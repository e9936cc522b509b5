using System.Text.RegularExpressions;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Documents;

/// <summary>
/// The figures of the document are what the model says; PERPKEEL_UPDATE_GOLDENS=1 writes them anew.
/// </summary>
[Trait("Req", "MAR-11")]
public sealed partial class WorkedAccountTests
{
    private static readonly string File =
        Path.Combine(RepositoryRoot.Find(), "docs", "math", "dydx-margin.md");

    [Fact]
    public void Every_figure_of_the_document_is_what_the_model_says()
    {
        var blocks = WorkedAccount.Blocks();
        if (Environment.GetEnvironmentVariable("PERPKEEL_UPDATE_GOLDENS") is "1")
        {
            System.IO.File.WriteAllText(File, Block().Replace(System.IO.File.ReadAllText(File), found =>
                Written(blocks.Single(block => found.Groups["name"].ValueSpan.SequenceEqual(block.Name)))));
        }

        var found = Block().Matches(System.IO.File.ReadAllText(File));

        Assert.Equal(
            string.Concat(blocks.Select(Written)), string.Concat(found.Select(block => block.Value)));
    }

    [Fact]
    public void Between_the_blocks_there_is_no_figure()
    {
        var prose = Block().Replace(System.IO.File.ReadAllText(File), string.Empty);

        Assert.False(string.IsNullOrWhiteSpace(prose));
        Assert.DoesNotMatch("[0-9]", prose);
    }

    private static string Written((string Name, IReadOnlyList<string> Lines) block) =>
        $"```text {block.Name}\n{string.Concat(block.Lines.Select(line => line + "\n"))}```\n";

    [GeneratedRegex(
        "^```text (?<name>[a-z]+)\n(?:.*\n)*?```\n",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Block();
}
