using Perpkeel.Dashboard.Drawing;
using Xunit;

namespace Perpkeel.Dashboard.Tests.Drawing;

[Trait("Req", "UI-1")]
public sealed class TextLineTests
{
    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("abcdef", 0, "")]
    [InlineData("币安人生", 5, "币安…")]
    [InlineData("币安人生", 4, "币… ")]
    public void What_is_cut_is_marked(string text, int width, string expected) =>
        Assert.Equal(expected, TextLine.Of(text).Crop(width).ToString());

    [Fact]
    public void A_cut_may_fall_between_two_styles()
    {
        var line = TextLine.Of("abc") + TextLine.Of("def", Palette.Strong);

        Assert.Equal("abc…", line.Crop(4).ToString());
        Assert.Equal("ab…", line.Crop(3).ToString());
    }

    [Theory]
    [InlineData("a\tb\r\nc", "a b  c")]
    [InlineData("\e[31mred", " [31mred")]
    [InlineData("zero\u200bwidth", "zero?width")]
    [InlineData("e\u0301", "e?")]
    [InlineData("to the 🚀", "to the ?")]
    [InlineData("\ue000\u0903\u0378", "???")]
    [InlineData(null, "")]
    public void What_would_move_the_cursor_is_taken_out(string? text, string expected) =>
        Assert.Equal(expected, TextLine.Of(text).ToString());

    [Fact]
    public void Long_text_breaks_at_spaces_and_the_last_line_is_cropped()
    {
        var lines = TextLine.Wrap("one two three four five six", Palette.Plain, 9, 3);

        Assert.Equal("one two|three|four fiv…", string.Join('|', lines));
    }

    [Fact]
    public void A_word_that_is_too_long_is_broken()
    {
        var lines = TextLine.Wrap("abcdefghij kl", Palette.Plain, 4, 5);

        Assert.Equal("abcd|efgh|ij|kl", string.Join('|', lines));
    }

    [Theory]
    [InlineData("Title     Entry  ", "Title ─── Entry ─")]
    [InlineData("Title  Entry", "Title  Entry")]
    [InlineData("  Entry ", "─ Entry ")]
    public void Gaps_become_rules_with_a_space_around_text(string text, string expected) =>
        Assert.Equal(expected, TextLine.Of(text).Ruled(Palette.Rule).ToString());
}
