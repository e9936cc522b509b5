using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Display;

/// <summary>How far a position is from the tiers above and below its own.</summary>
/// <remarks>
/// A tier ends at its cap, which still belongs to it: any notional above the cap lies in the next one, and
/// the floor itself in the one before. A tier that ends where it begins is passed over: nothing lies in it.
/// </remarks>
public sealed record NextThreshold
{
    private NextThreshold()
    {
    }

    /// <summary>The position's tier, and whether it lies beyond the last cap.</summary>
    public required TierLabel Tier { get; init; }

    /// <summary>
    /// The cap above; in the last tier that is where new orders are refused. Null beyond the last cap.
    /// </summary>
    public required TierDistance? Up { get; init; }

    /// <summary>
    /// The floor below, beyond the last cap that cap; null in the first tier.
    /// </summary>
    public required TierDistance? Down { get; init; }

    /// <summary>Measures a position.</summary>
    /// <param name="table">The tiers of its symbol.</param>
    /// <param name="size">Base units, either sign, not zero.</param>
    /// <param name="markPrice">Mark price, above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is zero or the price not above.</exception>
    public static NextThreshold Of(TierTable table, decimal size, decimal markPrice)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(markPrice);
        var exactSize = Ratio.Of(Math.Abs(size));
        var mark = Ratio.Of(markPrice);
        var notional = exactSize * mark;
        var tier = WideMargin.TierOf(table, notional);
        var isBeyond = Ratio.Of(tier.Cap).IsBelow(notional);
        var next = table.Tiers.Skip(tier.Number).FirstOrDefault(other => !other.IsEmpty);
        var before = table.Tiers.Take(tier.Number - 1).LastOrDefault(other => !other.IsEmpty);
        return new NextThreshold
        {
            Tier = new TierLabel(tier, isBeyond),
            Up = isBeyond ? null : To(tier.Cap, next, notional, exactSize, mark),
            Down = isBeyond ? To(tier.Cap, tier, notional, exactSize, mark)
                : before is null ? null
                : To(tier.Floor, before, notional, exactSize, mark),
        };
    }

    private static TierDistance To(
        decimal boundary, MarginTier? tier, Ratio notional, Ratio size, Ratio mark)
    {
        var distance = (Ratio.Of(boundary) - notional).Abs();
        return new TierDistance(
            boundary, tier, RoundedDown(distance), RoundedDown(distance / mark),
            RoundedDown(Ratio.Of(boundary) / size));
    }

    private static decimal RoundedDown(Ratio value)
    {
        _ = value.TryRoundDown(out var rounded);
        return rounded;
    }
}

/// <summary>The way to a boundary between tiers.</summary>
/// <param name="Boundary">The notional at which one tier ends and the next begins.</param>
/// <param name="Tier">The tier that lies there; null where the table ends.</param>
/// <param name="Notional">Distance in notional: exact, or rounded down in the last digit.</param>
/// <param name="Size">
/// Distance in base units at the mark price, rounded down in the last digit; the largest decimal where it is
/// larger still.
/// </param>
/// <param name="Price">
/// Mark price at which this size has the boundary's notional, rounded down in the last digit; the largest
/// decimal where it is larger still.
/// </param>
public sealed record TierDistance(
    decimal Boundary, MarginTier? Tier, decimal Notional, decimal Size, decimal Price);
