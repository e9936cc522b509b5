using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A position in one line, e.g. <c>BTCUSDT long 4 @ 50000 20x cross</c>.</summary>
/// <param name="Figures">Its numbers.</param>
/// <param name="IsIsolated">Whether it has a wallet of its own; null where that was not said.</param>
internal sealed record PositionText(PositionFigures Figures, bool? IsIsolated)
{
    /// <summary>How one is written, with its symbol.</summary>
    public const string Mend =
        "Write symbol, side, size, entry price and leverage: BTCUSDT long 4 @ 50000 20x; then, where they "
        + "matter, mark 51000, and cross or isolated with its wallet.";

    private const string BareMend = "Write side, size, entry price and leverage: long 100 @ 50000 20x.";

    /// <summary>Reads a line; else what is wrong.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="text">The line.</param>
    public static Result<PositionText, string> Read(string place, string text)
    {
        var words = new WordReader(place, text, Mend);
        var symbol = words.Word();
        var position = Read(words, symbol);
        while (words.HasMore)
        {
            if (words.TryTake("mark"))
            {
                position = position with
                {
                    Figures = position.Figures with { Mark = words.Number("mark") },
                };
            }
            else if (words.TryTake("cross"))
            {
                position = position with { IsIsolated = false };
            }
            else if (words.TryTake("isolated"))
            {
                position = position with { IsIsolated = true };
                if (!words.HasMore || words.Peek() is "mark") continue;
                position = position with
                {
                    Figures = position.Figures with { Wallet = words.Number("wallet") },
                };
            }
            else
            {
                words.End();
            }
        }

        return words.Wrong is { } wrong ? wrong : position;
    }

    /// <summary>Reads a line without a symbol; else what is wrong.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="symbol">Whose position.</param>
    /// <param name="text">The line.</param>
    public static Result<PositionText, string> ReadBare(string place, string symbol, string text)
    {
        var words = new WordReader(place, text, BareMend);
        var position = Read(words, symbol);
        words.End();
        return words.Wrong is { } wrong ? wrong : position;
    }

    private static PositionText Read(WordReader words, string symbol)
    {
        var isLong = words.TryTake("long");
        if (!isLong && !words.TryTake("short")) words.Fail("the side is missing");
        return new PositionText(
            new PositionFigures
            {
                Symbol = symbol,
                IsLong = isLong,
                Size = words.Number("size"),
                Entry = words.Number("entry price"),
                Leverage = words.Leverage(),
            },
            IsIsolated: null);
    }
}
