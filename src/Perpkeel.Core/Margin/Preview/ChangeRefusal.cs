using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Preview;

/// <summary>Why a venue would refuse a change, by its written rules.</summary>
public abstract record ChangeRefusal
{
    private const int Places = 8;

    private ChangeRefusal()
    {
    }

    /// <summary>A stable name for scripts.</summary>
    public abstract string Code { get; }

    /// <summary>What is wrong, with the numbers, and the mend.</summary>
    public abstract string Message { get; }

    /// <summary>More than what is available would be needed.</summary>
    /// <param name="Of">Whose order, leverage or wallet.</param>
    /// <param name="Needed">Initial margin, open loss and fee together.</param>
    /// <param name="Available">What there is; may be negative.</param>
    public sealed record NotEnoughAvailable(string Of, decimal Needed, decimal Available) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "not-enough-available";

        /// <inheritdoc/>
        public override string Message =>
            $"{Of} needs {Up(Needed)} of the cross wallet and {Down(Available)} is available. Take less, or "
            + $"deposit at least {Up(Needed - Available)} first.";
    }

    /// <summary>A leverage is above what the tier of the notional allows.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Leverage">The leverage that was asked for.</param>
    /// <param name="Notional">Notional held in the symbol.</param>
    /// <param name="Most">What its tier allows.</param>
    public sealed record LeverageAboveTier(
        string Symbol, Leverage Leverage, decimal Notional, Leverage Most) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "leverage-above-tier";

        /// <inheritdoc/>
        public override string Message =>
            $"{Symbol} at {Leverage}: a notional of {Up(Notional)} allows {Most} at most. Choose that or "
            + "less, or reduce the position first.";
    }

    /// <summary>A notional is above what the leverage allows.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Notional">Notional in the symbol after the order.</param>
    /// <param name="Leverage">The leverage chosen.</param>
    /// <param name="Most">What it allows; zero when the leverage is above every tier's.</param>
    /// <param name="Allowed">
    /// The leverage at which the notional would be allowed; null beyond the last cap, where none helps.
    /// </param>
    public sealed record NotionalAboveLeverage(
        string Symbol, decimal Notional, Leverage Leverage, decimal Most, Leverage? Allowed) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "notional-above-leverage";

        /// <inheritdoc/>
        public override string Message =>
            $"{Symbol} would have a notional of {Up(Notional)}; {Leverage} allows {Decimals.Text(Most)}. "
            + (Allowed is { } leverage ? $"Choose {leverage} or less, or order " : "Order ")
            + $"{Up(Notional - Most)} less.";
    }

    /// <summary>A notional is above the last cap of the table.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Notional">Notional in the symbol after the order.</param>
    /// <param name="Cap">Where the table ends.</param>
    public sealed record BeyondLastCap(string Symbol, decimal Notional, decimal Cap) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "beyond-last-cap";

        /// <inheritdoc/>
        public override string Message =>
            $"{Symbol} would have a notional of {Up(Notional)}; the tiers end at {Decimals.Text(Cap)}. Order "
            + $"{Up(Notional - Cap)} less.";
    }

    /// <summary>The account or position would be liquidated at once.</summary>
    /// <param name="Of">The position, or the cross wallet.</param>
    /// <param name="Maintenance">Maintenance margin after the change.</param>
    /// <param name="Balance">Margin balance after the change.</param>
    public sealed record LiquidatedAfter(string Of, decimal Maintenance, decimal Balance) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "liquidated-after";

        /// <inheritdoc/>
        public override string Message =>
            $"{Of} would need {Up(Maintenance)} and have {Down(Balance)}: it would be liquidated at once. "
            + "Take less, or add margin first.";
    }

    /// <summary>More would leave the cross wallet than may.</summary>
    /// <param name="Amount">What was asked for.</param>
    /// <param name="Most">What may leave; may be negative.</param>
    public sealed record WithdrawalTooLarge(decimal Amount, decimal Most) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "withdrawal-too-large";

        /// <inheritdoc/>
        public override string Message =>
            $"{Up(Amount)} is more than the {Down(Math.Max(Most, 0m))} that may be withdrawn. Withdraw less, "
            + "or reduce positions first.";
    }

    /// <summary>More would move from the cross wallet into an isolated one than may leave it.</summary>
    /// <param name="Key">The isolated position.</param>
    /// <param name="Amount">What was asked for.</param>
    /// <param name="Most">What may leave; may be negative.</param>
    public sealed record TransferTooLarge(PositionKey Key, decimal Amount, decimal Most) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "transfer-too-large";

        /// <inheritdoc/>
        public override string Message =>
            $"{Up(Amount)} for {Key} is more than the {Down(Math.Max(Most, 0m))} that may leave the cross "
            + "wallet; profit counts when it is realised. Move less, or reduce positions first.";
    }

    /// <summary>An isolated position needs what would be taken from it.</summary>
    /// <param name="Key">The position.</param>
    /// <param name="Amount">What was asked for.</param>
    /// <param name="Most">What may be taken; may be negative.</param>
    public sealed record IsolatedMarginNeeded(PositionKey Key, decimal Amount, decimal Most) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "isolated-margin-needed";

        /// <inheritdoc/>
        public override string Message =>
            $"{Up(Amount)} is more than the {Down(Math.Max(Most, 0m))} that {Key} does not need for its "
            + "initial margin. Take less.";
    }

    /// <summary>There is nothing that an order could reduce.</summary>
    /// <param name="Key">The position.</param>
    /// <param name="Side">The order's side.</param>
    public sealed record NothingToReduce(PositionKey Key, Side Side) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "nothing-to-reduce";

        /// <inheritdoc/>
        public override string Message =>
            $"{(Side == Side.Sell ? "Selling" : "Buying")} {Key} reduces nothing. Turn the side round, or "
            + "let the order open a position.";
    }

    /// <summary>
    /// A position would be reduced by more than there is, by an order that cannot turn it round: that of a
    /// leg of hedge mode, or one that may only reduce.
    /// </summary>
    /// <param name="Key">The position.</param>
    /// <param name="Size">What was asked for.</param>
    /// <param name="Held">What there is, without a sign.</param>
    public sealed record MoreThanHeld(PositionKey Key, decimal Size, decimal Held) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "more-than-held";

        /// <inheritdoc/>
        public override string Message =>
            $"{Key} holds {Decimals.Text(Held)} and cannot be reduced by {Decimals.Text(Size)}. Order "
            + $"{Decimals.Text(Held)} at most.";
    }

    /// <summary>The leverage of an isolated position cannot be lowered.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="From">The leverage now.</param>
    /// <param name="To">The leverage that was asked for.</param>
    public sealed record LoweredInIsolation(string Symbol, Leverage From, Leverage To) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "lowered-in-isolation";

        /// <inheritdoc/>
        public override string Message =>
            $"{Symbol} is isolated and open at {From}: {To} is lower. Add isolated margin instead, or close "
            + "it first.";
    }

    /// <summary>The mode of an open position cannot be changed.</summary>
    /// <param name="Symbol">The symbol.</param>
    public sealed record ModeOfOpenPosition(string Symbol) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "mode-of-open-position";

        /// <inheritdoc/>
        public override string Message =>
            $"{Symbol} has an open position. Close it before you change its mode.";
    }

    /// <summary>Only an isolated position has a wallet of its own.</summary>
    /// <param name="Key">The position.</param>
    public sealed record NotIsolated(PositionKey Key) : ChangeRefusal
    {
        /// <inheritdoc/>
        public override string Code => "not-isolated";

        /// <inheritdoc/>
        public override string Message =>
            $"{Key} is no open isolated position and has no wallet of its own. Deposit into the cross wallet "
            + "instead.";
    }

    private static string Up(decimal value) =>
        Decimals.Text(decimal.Round(value, Places, MidpointRounding.ToPositiveInfinity));

    private static string Down(decimal value) =>
        Decimals.Text(decimal.Round(value, Places, MidpointRounding.ToNegativeInfinity));
}
