using Xunit;

namespace Perpkeel.Architecture.Tests.Text;

[Trait("Category", "Architecture")]
public sealed class TextRuleTests
{
    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Rule.Holds("A file has one subject.", Repository.Sources().SelectMany(TextRules.TooLong));

    [Fact]
    public void No_line_is_wider_than_110_columns() =>
        Rule.Holds("A line fits the page.", Repository.Sources().SelectMany(TextRules.TooWide));

    [Fact]
    public void No_line_ends_in_white_space() =>
        Rule.Holds(
            "Lines end where their text does.",
            Repository.TextFiles()
                .Where(file => !file.Path.EndsWith(".md", StringComparison.Ordinal)
                    && !file.Path.EndsWith(".txt", StringComparison.Ordinal))
                .SelectMany(TextRules.TrailingSpace));

    [Fact]
    public void No_source_has_regions() =>
        Rule.Holds("A file needs no folds.", Repository.Sources().SelectMany(TextRules.Regions));

    [Fact]
    public void No_source_leaves_work_for_later() =>
        Rule.Holds("Open work is an issue.", Repository.Sources().SelectMany(TextRules.LeftForLater));

    [Fact]
    public void No_name_says_nothing() =>
        Rule.Holds("A name tells a purpose.", Repository.Sources().SelectMany(TextRules.EmptyNames));

    [Fact]
    public void No_manager_or_service_is_made_up() =>
        Rule.Holds("A name tells a purpose.", Repository.Sources().SelectMany(TextRules.VagueNames));

    [Fact]
    public void No_file_names_a_place_on_one_machine() =>
        Rule.Holds("A clone works anywhere.", Repository.TextFiles().SelectMany(TextRules.MachinePaths));

    [Fact]
    public void Imports_are_in_order() =>
        Rule.Holds(
            "System first, then the alphabet; types and aliases last.",
            Repository.Sources().SelectMany(ImportRules.OutOfOrder));

    [Fact]
    public void Sources_are_found() => Assert.True(Repository.Sources().Count() > 100);
}
