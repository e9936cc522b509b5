using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>A change in one line, read before it is known what it is applied to.</summary>
internal abstract record ChangeText
{
    /// <summary>How changes are written.</summary>
    public const string Mend =
        "Write one of: buy 2 BTCUSDT @ 50000 | sell ... [10x] [fee 5] [reduce-only] | price BTCUSDT 48000 | "
        + "price all -10% | deposit 5000 | withdraw 5000 | add 500 to BTCUSDT | take 500 from BTCUSDT | "
        + "leverage BTCUSDT 10x | mode BTCUSDT isolated | tiers FILE.";

    private ChangeText()
    {
    }

    /// <summary>An order; the leg is null where it was not said.</summary>
    internal sealed record Order(
        Side Side, decimal Size, string Symbol, bool? IsLongLeg, decimal Price, decimal? Leverage,
        decimal Fee, bool IsReduceOnly) : ChangeText
    {
        /// <summary>The order on an account in one-way or in hedge mode.</summary>
        public AccountChange.OrderFill For(bool isHedged)
        {
            var isLong = IsLongLeg ?? Side == Side.Buy;
            var key = !isHedged ? PositionKey.NetOf(Symbol)
                : isLong ? PositionKey.LongOf(Symbol) : PositionKey.ShortOf(Symbol);
            return new AccountChange.OrderFill(key, Side, Size, Price)
            {
                Fee = Fee,
                IsReduceOnly = IsReduceOnly,
            };
        }
    }

    /// <summary>Money to or from an isolated position; the leg is null where it was not said.</summary>
    internal sealed record Transfer(string Symbol, bool? IsLongLeg, decimal Amount) : ChangeText;

    /// <summary>Other tiers.</summary>
    internal sealed record Tiers(string File) : ChangeText;

    /// <summary>Anything that is the same on every account.</summary>
    internal sealed record Plain(AccountChange Change, string? Symbol) : ChangeText;

    /// <summary>Reads a line; else what is wrong.</summary>
    public static Result<ChangeText, string> Read(AccountLine line)
    {
        var words = new WordReader(line.Place, line.Text, Mend);
        var change = Read(words);
        words.End();
        return words.Wrong is { } wrong ? wrong : change!;
    }

    private static ChangeText? Read(WordReader words)
    {
        switch (words.Word())
        {
            case "buy":
                return OrderOf(words, Side.Buy);
            case "sell":
                return OrderOf(words, Side.Sell);
            case "price":
                return PriceOf(words);
            case "deposit":
                return new Plain(new AccountChange.Deposit(words.Number("amount")), null);
            case "withdraw":
                return new Plain(new AccountChange.Withdrawal(words.Number("amount")), null);
            case "add":
                return TransferOf(words, 1m, "to");
            case "take":
                return TransferOf(words, -1m, "from");
            case "leverage":
                var levered = words.Word();
                return new Plain(
                    new AccountChange.LeverageChange(levered, new Leverage(Math.Max(words.Leverage(), 0m))),
                    levered);
            case "mode":
                return ModeOf(words);
            case "tiers":
                return new Tiers(words.Word());
            default:
                words.Fail("this is no change");
                return null;
        }
    }

    private static Order OrderOf(WordReader words, Side side)
    {
        var size = words.Number("size");
        var symbol = words.Word();
        var leg = LegOf(words);
        var order = new Order(side, size, symbol, leg, words.Number("price"), null, 0m, IsReduceOnly: false);
        while (words.HasMore)
        {
            if (words.TryTake("fee")) order = order with { Fee = words.Number("fee") };
            else if (words.TryTake("reduce-only")) order = order with { IsReduceOnly = true };
            else order = order with { Leverage = words.Leverage() };
        }

        return order;
    }

    private static Plain PriceOf(WordReader words)
    {
        var symbol = words.Word();
        var isAll = symbol.Equals("all", StringComparison.Ordinal);
        if (words.Peek() is not [.., '%'])
        {
            if (isAll) words.Fail("all prices move by a share");
            return new Plain(new AccountChange.PriceTo(symbol, words.Number("price")), symbol);
        }

        var read = Amounts.ReadShare("share", words.Word());
        if (!read.TryGet(out var share, out var wrong)) words.FailAs(wrong);
        return new Plain(new AccountChange.PriceBy(isAll ? null : symbol, share), isAll ? null : symbol);
    }

    private static Transfer TransferOf(WordReader words, decimal sign, string preposition)
    {
        var amount = words.Number("amount");
        if (amount < 0m) words.Fail("the amount is negative");
        words.TryTake(preposition);
        var symbol = words.Word();
        return new Transfer(symbol, LegOf(words), sign * amount);
    }

    private static Plain ModeOf(WordReader words)
    {
        var symbol = words.Word();
        var isCross = words.TryTake("cross");
        if (!isCross && !words.TryTake("isolated")) words.Fail("the mode is cross or isolated");
        return new Plain(
            new AccountChange.ModeChange(symbol, isCross ? MarginMode.Cross : MarginMode.Isolated), symbol);
    }

    private static bool? LegOf(WordReader words) =>
        words.TryTake("long") ? true : words.TryTake("short") ? false : null;
}
