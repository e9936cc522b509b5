using Perpkeel.Core.Numbers;
using Perpkeel.Storage.Texts;

namespace Perpkeel.Cli.Margin;

/// <summary>Numbers as they are typed on the command line, read to the last digit.</summary>
internal static class Amounts
{
    private const string Examples = "Write it like 50000, 0.25, 200k or 5M.";

    /// <summary>
    /// A number; a k, M or B behind it stands for thousand, million or billion. Else what is wrong, in a
    /// line.
    /// </summary>
    /// <param name="name">The argument or option, as it is typed.</param>
    /// <param name="text">What was typed.</param>
    public static Result<decimal, string> Read(string name, string text)
    {
        var zeros = text.Length < 2 ? 0 : text[^1] switch
        {
            'k' or 'K' => 3,
            'm' or 'M' => 6,
            'b' or 'B' => 9,
            _ => 0,
        };
        var isPlain = zeros == 0 || !text.Contains('e', StringComparison.OrdinalIgnoreCase);
        var digits = zeros == 0 || !isPlain ? text : $"{text[..^1]}e{zeros}";
        var (bare, unit) = zeros == 0 ? (text, "") : (text[..^1], text[^1..]);
        var what = $"{name} {Quoted.Clean(text)}";
        return DecimalText.Read(digits, out var value) switch
        {
            DecimalTextFault.None => value,
            DecimalTextFault.TooManyDigits =>
                $"{what}: this has more digits than can be reckoned with to the last one. "
                + "Write at most 28 digits.",
            _ when MeantNumber.Of(bare) is { } meant => $"{what}: write {meant.Mend}{unit}.",
            _ => $"{what}: this is no number. {Examples}",
        };
    }

    /// <summary>A number above zero.</summary>
    public static Result<decimal, string> ReadPositive(string name, string text)
    {
        if (!Read(name, text).TryGet(out var value, out var wrong)) return wrong;
        return value > 0m ? value : $"{name} {Quoted.Clean(text)}: give one above zero.";
    }

    /// <summary>A share such as <c>-10%</c> or <c>0.1</c>, as a fraction.</summary>
    public static Result<decimal, string> ReadShare(string name, string text)
    {
        var isPercent = text.EndsWith('%');
        var bare = isPercent ? text[..^1] : text;
        if (DecimalText.Read(isPercent ? $"{bare}e-2" : text, out var value) == DecimalTextFault.None)
        {
            return value;
        }

        var unit = isPercent ? "%" : "";
        return MeantNumber.Of(bare) is { } meant
            ? $"{name} {Quoted.Clean(text)}: write {meant.Mend}{unit}."
            : $"{name} {Quoted.Clean(text)}: this is no share. Write it like -10% or 0.05.";
    }
}
