using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Previews;

/// <summary>
/// Something that may happen to a subaccount or to its markets, in the chain's integers, and whose
/// consequences can be asked for.
/// </summary>
public abstract record SubaccountChange
{
    private SubaccountChange()
    {
    }

    /// <summary>A fill of an order: it adds to a position, reduces, closes or turns it round.</summary>
    /// <param name="Market">The market.</param>
    /// <param name="Quantums">Signed base quantums: above zero bought, below sold; not zero.</param>
    /// <param name="Worth">What is paid or received for them in quote quantums, not negative.</param>
    public sealed record Fill(MarketId Market, BigInteger Quantums, BigInteger Worth) : SubaccountChange
    {
        /// <summary>Fee on the worth, rounded up; negative is a rebate.</summary>
        public Ppm Fee { get; init; }

        /// <summary>
        /// By how many base quantums the open interest changes; null takes the most that the fill can add,
        /// which is what it opens: as if the other side opened as well.
        /// </summary>
        public BigInteger? OpenInterestDelta { get; init; }
    }

    /// <summary>The oracle price of a market moves to an integer price.</summary>
    /// <param name="Market">The market.</param>
    /// <param name="Price">The integer price, above zero.</param>
    public sealed record PriceTo(MarketId Market, BigInteger Price) : SubaccountChange;

    /// <summary>
    /// Oracle prices move by a share of themselves; the integer price is truncated. Of all together, those of
    /// markets without a price yet stay zero.
    /// </summary>
    /// <param name="Market">The market; null for all together.</param>
    /// <param name="Share">100,000 ppm is up by a tenth; above -1,000,000 ppm.</param>
    public sealed record PriceBy(MarketId? Market, Ppm Share) : SubaccountChange;

    /// <summary>USDC comes in.</summary>
    /// <param name="Amount">Quote quantums, above zero.</param>
    public sealed record Deposit(BigInteger Amount) : SubaccountChange;

    /// <summary>USDC leaves.</summary>
    /// <param name="Amount">Quote quantums, above zero.</param>
    public sealed record Withdrawal(BigInteger Amount) : SubaccountChange
    {
        /// <summary>Whether the chain holds withdrawals back at this block.</summary>
        public bool AreBlocked { get; init; }
    }

    /// <summary>The account chooses an initial margin fraction for a market: its leverage there.</summary>
    /// <param name="Market">The market.</param>
    /// <param name="Fraction">The fraction; leverage is one over it.</param>
    public sealed record LeverageChoice(MarketId Market, Ppm Fraction) : SubaccountChange;

    /// <summary>The open interest of a market moves.</summary>
    /// <param name="Market">The market.</param>
    /// <param name="BaseQuantums">The open interest after it, not negative.</param>
    public sealed record OpenInterestTo(MarketId Market, BigInteger BaseQuantums) : SubaccountChange;

    /// <summary>Governance gives a market other margin rules.</summary>
    /// <param name="Market">The market.</param>
    /// <param name="Tier">The rules after it.</param>
    public sealed record TierChange(MarketId Market, LiquidityTier Tier) : SubaccountChange;
}
