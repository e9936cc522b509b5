using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Cli.Margin;

/// <summary>
/// What the tiers of a symbol allow to a notional at a leverage: of one position, or of both legs of hedge
/// mode together.
/// </summary>
/// <param name="Table">The tiers.</param>
/// <param name="Leverage">The leverage chosen.</param>
/// <param name="Notional">Everything in the symbol at the mark price.</param>
/// <param name="IsBeyondLastCap">Whether the notional lies beyond the table.</param>
internal sealed record TierLimits(
    TierTable Table, Leverage Leverage, decimal Notional, bool IsBeyondLastCap)
{
    /// <summary>The tier of the notional.</summary>
    public MarginTier Tier => Table.TierFor(Notional).Tier;

    /// <summary>Largest notional at the leverage; 0 when no tier allows it.</summary>
    public decimal MaxNotional => Table.MaxNotionalAt(Leverage);

    /// <summary>Whether an order for it would keep the limits.</summary>
    public bool IsKept => !IsBeyondLastCap && Notional <= MaxNotional;

    /// <summary>The limits of one position.</summary>
    public static TierLimits Of(TierTable table, in MarginPosition position, in MarginResult result) =>
        new(table, position.Leverage, result.Notional, result.IsBeyondLastCap);

    /// <summary>The limits of several positions together.</summary>
    public static TierLimits Of(TierTable table, Leverage leverage, decimal notional) =>
        new(table, leverage, notional, table.TierFor(notional).IsBeyondLastCap);

    /// <summary>What is wrong, a line each.</summary>
    /// <param name="isLiquidatable">Whether the margin balance no longer exceeds maintenance.</param>
    /// <param name="order">What is refused: <c>an order for this position</c>.</param>
    /// <param name="format">How amounts are written.</param>
    public IEnumerable<string> Notes(bool isLiquidatable, string order, MarginFormat format)
    {
        if (isLiquidatable)
        {
            yield return "the margin balance does not exceed the maintenance margin: the position is "
                + "liquidated";
        }

        if (IsBeyondLastCap)
        {
            yield return $"the notional is beyond the last cap {format.Exactly(Table.LastCap)}: maintenance "
                + "goes on at the last rate, and orders that add to it are refused";
        }
        else if (MaxNotional == 0m)
        {
            yield return $"{Leverage} is above what any tier allows; the most is "
                + $"{Table.Tiers[0].MaxLeverage}, and such an order is refused";
        }
        else if (!IsKept)
        {
            yield return $"{Leverage} allows up to {format.Exactly(MaxNotional)} and tier "
                + $"{Tier.Number} up to {Tier.MaxLeverage}: {order} is refused";
        }
    }
}
