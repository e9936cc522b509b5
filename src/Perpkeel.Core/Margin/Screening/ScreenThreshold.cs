using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Core.Margin.Screening;

/// <summary>
/// When a position needs a closer look: a margin ratio, or a distance to its liquidation
/// price.
/// </summary>
public readonly record struct ScreenThreshold
{
    /// <summary>Least margin ratio that can be asked for.</summary>
    public const decimal LeastRatio = 0.01m;

    /// <summary>Greatest distance that can be asked for.</summary>
    public const decimal MostDistance = 0.9m;

    /// <summary>Takes a margin ratio and a distance; the first that is reached counts.</summary>
    /// <param name="ratio">
    /// Margin ratio from which on a position is flagged; 0.01 to 1, which is liquidation.
    /// </param>
    /// <param name="distance">
    /// Distance to the liquidation price, as a fraction of the mark price, up to which a position is flagged;
    /// 0, which is liquidation, to 0.9.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public ScreenThreshold(decimal ratio, decimal distance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, LeastRatio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ratio, 1m);
        ArgumentOutOfRangeException.ThrowIfNegative(distance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(distance, MostDistance);
        Ratio = ratio;
        Distance = distance;
    }

    /// <summary>Margin ratio from which on a position is flagged.</summary>
    public decimal Ratio { get; }

    /// <summary>Distance over mark price up to which a position is flagged.</summary>
    public decimal Distance { get; }

    /// <summary>
    /// Whether the exact figures of a position reach the threshold: what the screen asks
    /// for.
    /// </summary>
    /// <param name="position">The position.</param>
    /// <param name="margin">Its exact margin.</param>
    public bool IsReached(in MarginPosition position, in MarginResult margin)
    {
        if (margin.MarginRatio is not { } ratio || ratio >= Ratio) return true;
        var isLong = position.Size > 0m;
        var reach = position.MarkPrice * Distance;
        return margin.Liquidation switch
        {
            LiquidationKind.Never => false,
            LiquidationKind.AtPrice => isLong
                ? margin.LiquidationPrice >= position.MarkPrice - reach
                : margin.LiquidationPrice <= position.MarkPrice + reach,

            // A price with too many digits is above every mark.
            LiquidationKind.BeyondRange => isLong,
            _ => true,
        };
    }
}
