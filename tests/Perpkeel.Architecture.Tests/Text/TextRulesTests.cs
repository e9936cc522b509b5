using Xunit;

namespace Perpkeel.Architecture.Tests.Text;

/// <summary>Each text rule finds what it forbids and lets pass what it allows.</summary>
[Trait("Category", "Architecture")]
public sealed class TextRulesTests
{
    [Fact]
    public void A_file_of_401_lines_is_too_long_and_one_of_400_is_not()
    {
        var line = new string('x', 10) + "\n";

        var longest = Of(string.Concat(Enumerable.Repeat(line, TextRules.MostLines)));
        var longer = Of(string.Concat(Enumerable.Repeat(line, TextRules.MostLines + 1)));

        Assert.Empty(TextRules.TooLong(longest));
        Rule.Finds(TextRules.TooLong(longer), "src/A.cs: 401 lines");
    }

    [Fact]
    public void A_line_of_111_columns_is_too_wide_and_one_of_110_is_not()
    {
        var file = Of(new string('x', TextRules.MostColumns) + "\n" + new string('x', 111) + "\n");

        Rule.Finds(TextRules.TooWide(file), "src/A.cs:2: 111 columns");
    }

    [Theory]
    [InlineData("a \n", 1)]
    [InlineData("a\t\n", 1)]
    [InlineData("a\r\nb\n", 1)]
    [InlineData("a\n\nb\n", 0)]
    public void White_space_at_the_end_of_a_line_is_found(string text, int offences) =>
        Assert.Equal(offences, TextRules.TrailingSpace(Of(text)).Count());

    [Fact]
    public void A_region_is_found_and_its_name_in_a_string_is_not()
    {
        var file = Of("    #region Fields\nvar name = \"#region\";\n");

        Rule.Finds(TextRules.Regions(file), "src/A.cs:1: #region Fields");
    }

    [Fact]
    public void Work_left_for_later_is_found_as_a_word()
    {
        var word = "TO" + "DO";
        var file = Of($"// {word}: later\nvar {word}s = 1;\n");

        Rule.Finds(TextRules.LeftForLater(file), $"src/A.cs:1: // {word}: later");
    }

    [Theory]
    [InlineData("using B;", "using System;", 1)]
    [InlineData("using Perpkeel.Core.Risk;", "using Perpkeel.Core.Orders;", 1)]
    [InlineData("using Perpkeel.Core.Risk;", "using Perpkeel.Core;", 1)]
    [InlineData("using static A.Type;", "using B;", 1)]
    [InlineData("using A = B.Type;", "using static C.Type;", 1)]
    [InlineData("using B = A.Type;", "using A = B.Type;", 1)]
    [InlineData("using A = B.Type;", "using B = A.Type;", 0)]
    [InlineData("using System.Text;", "using A;", 0)]
    [InlineData("using Xunit;", "using static A.Type;", 0)]
    [InlineData("using B;", "using A = B.Type;", 0)]
    [InlineData("namespace B;", "using (var stream = Open()) { }", 0)]
    [InlineData("using B;", "using var a = Open();", 0)]
    public void An_import_behind_one_that_comes_later_is_found(string first, string second, int offences) =>
        Assert.Equal(offences, ImportRules.OutOfOrder(Of($"{first}\n{second}\n")).Count());

    [Theory]
    [InlineData("src/PriceUtils.cs", "", 1)]
    [InlineData("src/Common/Price.cs", "", 1)]
    [InlineData("src/A.cs", "internal static class PriceHelpers\n", 1)]
    [InlineData("src/A.cs", "public abstract record OrderBase;\n", 1)]
    [InlineData("src/A.cs", "public readonly record struct BaseQuantums(ulong Value);\n", 0)]
    [InlineData("src/A.cs", "/// <summary>The class that helps: a Helper.</summary>\n", 0)]
    public void Names_that_say_nothing_are_found(string path, string text, int offences) =>
        Assert.Equal(offences, TextRules.EmptyNames(new TextFile(path, text)).Count());

    [Theory]
    [InlineData("internal sealed class OrderManager\n", 1)]
    [InlineData("    private sealed class TradingService;\n", 1)]
    [InlineData("public sealed partial class BalanceManager(\n", 0)]
    public void A_made_up_manager_or_service_is_found(string text, int offences) =>
        Assert.Equal(offences, TextRules.VagueNames(Of(text)).Count());

    [Theory]
    [InlineData("tmp", "x = \"{0}/data\"", 1)]
    [InlineData("home", "{0}/somebody/.nuget", 1)]
    [InlineData("root", "see {0}", 1)]
    [InlineData("work", "$(Folder){0}/x", 0)]
    [InlineData("root", "<{0}>", 0)]
    [InlineData("home", "https://example.com{0}", 0)]
    [InlineData("work", "{0}ers", 0)]
    public void A_place_on_one_machine_is_found(string folder, string line, int offences)
    {
        var path = string.Concat("/", folder);

        var file = Of(line.Replace("{0}", path, StringComparison.Ordinal) + "\n");

        Assert.Equal(offences, TextRules.MachinePaths(file).Count());
    }

    private static TextFile Of(string text) => new("src/A.cs", text);
}
