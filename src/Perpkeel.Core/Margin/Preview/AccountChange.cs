using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>Something that may happen to an account, and whose consequences can be asked for.</summary>
public abstract record AccountChange
{
    private AccountChange()
    {
    }

    /// <summary>The change in one line, with its numbers.</summary>
    public abstract string Summary { get; }

    /// <summary>
    /// An order that is filled at once and whole: it adds to a position, reduces, closes or turns it round.
    /// </summary>
    /// <param name="Key">The position.</param>
    /// <param name="Side">Buys or sells.</param>
    /// <param name="Size">Base units, above zero.</param>
    /// <param name="Price">Fill price, above zero.</param>
    public sealed record OrderFill(PositionKey Key, Side Side, decimal Size, decimal Price) : AccountChange
    {
        /// <summary>What the fill costs; negative is a rebate.</summary>
        public decimal Fee { get; init; }

        /// <summary>Whether it may only shrink the position; what is beyond that is left unfilled.</summary>
        public bool IsReduceOnly { get; init; }

        /// <inheritdoc/>
        public override string Summary =>
            $"{(Side == Side.Sell ? "sell" : "buy")} {Decimals.Text(Size)} {Key} at {Decimals.Text(Price)}"
            + (IsReduceOnly ? ", reduce only" : string.Empty);
    }

    /// <summary>A mark price moves to a price.</summary>
    /// <param name="Symbol">Whose.</param>
    /// <param name="Price">Where to, above zero.</param>
    public sealed record PriceTo(string Symbol, decimal Price) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary => $"{Symbol} goes to {Decimals.Text(Price)}";
    }

    /// <summary>Mark prices move by a share of themselves.</summary>
    /// <param name="Symbol">Whose; null for all of the account together.</param>
    /// <param name="Fraction">0.1 is up by a tenth, -0.1 down by a tenth; above -1.</param>
    public sealed record PriceBy(string? Symbol, decimal Fraction) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary =>
            $"{Symbol ?? "all prices"} by "
            + $"{(Fraction > 0m ? "+" : string.Empty)}{Decimals.Text(Fraction * 100m)} %";
    }

    /// <summary>Money comes into the cross wallet.</summary>
    /// <param name="Amount">How much, above zero.</param>
    public sealed record Deposit(decimal Amount) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary => $"deposit {Decimals.Text(Amount)}";
    }

    /// <summary>Money leaves the cross wallet.</summary>
    /// <param name="Amount">How much, above zero.</param>
    public sealed record Withdrawal(decimal Amount) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary => $"withdraw {Decimals.Text(Amount)}";
    }

    /// <summary>Money moves between the cross wallet and the wallet of an isolated position.</summary>
    /// <param name="Key">The position.</param>
    /// <param name="Amount">Above zero to the position, below zero away from it.</param>
    public sealed record IsolatedTransfer(PositionKey Key, decimal Amount) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary => Amount >= 0m
            ? $"add {Decimals.Text(Amount)} to {Key}"
            : $"take {Decimals.Text(-Amount)} from {Key}";
    }

    /// <summary>Another leverage is chosen for a symbol.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Leverage">The leverage, 1 or more.</param>
    public sealed record LeverageChange(string Symbol, Leverage Leverage) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary => $"{Symbol} at {Leverage}";
    }

    /// <summary>A symbol becomes cross or isolated.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Mode">The mode.</param>
    public sealed record ModeChange(string Symbol, MarginMode Mode) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary =>
            $"{Symbol} becomes {(Mode == MarginMode.Cross ? "cross" : "isolated")}";
    }

    /// <summary>Other tiers apply.</summary>
    /// <param name="Book">The tiers of all symbols.</param>
    public sealed record TierChange(TierBook Book) : AccountChange
    {
        /// <inheritdoc/>
        public override string Summary => $"other tiers for {Book.Symbols.Count} symbols";
    }
}
