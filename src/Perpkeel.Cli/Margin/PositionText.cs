using Perpkeel.Cli.Configuration;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A position in one text, e.g. <c>long 100 @ 50000 20x</c>.</summary>
internal static class PositionText
{
    private const string Mend = "Write side, size, entry price and leverage: \"long 100 @ 50000 20x\".";

    /// <summary>Reads it; else what is wrong, in a line.</summary>
    /// <param name="name">The option, as it is typed.</param>
    /// <param name="symbol">Whose position.</param>
    /// <param name="text">What was typed.</param>
    public static Result<PositionFigures, string> Read(string name, string symbol, string text)
    {
        var words = text.Split([' ', '@'], StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var side, var size, var entry, [.. var times, 'x' or 'X']]
            || side is not ("long" or "short"))
        {
            return $"{name} {Quoting.Clean(text)}: this is no position. {Mend}";
        }

        if (!Amounts.Read(name, size).TryGet(out var units, out var wrong)
            || !Amounts.Read(name, entry).TryGet(out var price, out wrong)
            || !Amounts.Read(name, times).TryGet(out var leverage, out wrong))
        {
            return wrong;
        }

        return new PositionFigures
        {
            Symbol = symbol,
            IsLong = side is "long",
            Size = units,
            Entry = price,
            Leverage = leverage,
        };
    }
}
