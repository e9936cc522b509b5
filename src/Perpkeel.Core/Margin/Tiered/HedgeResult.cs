using Perpkeel.Core.Instruments;

namespace Perpkeel.Core.Margin.Tiered;

/// <summary>One end of the prices that a hedged position survives.</summary>
/// <param name="Price">
/// Mark price at which equity equals maintenance, rounded once, to the nearest decimal.
/// </param>
/// <param name="Side">
/// <see cref="Side.Buy"/> for the lower end, which is reached from above as a long's price is;
/// <see cref="Side.Sell"/> for the upper one, which is reached as a short's is.
/// </param>
/// <param name="LongTier">Tier of the long's notional there.</param>
/// <param name="ShortTier">Tier of the short's notional there.</param>
public readonly record struct HedgeBound(decimal Price, Side Side, int LongTier, int ShortTier);

/// <summary>
/// Margin of a long and a short of one symbol on one wallet, in the quote asset. Each figure is the exact
/// value, rounded once to the nearest decimal where a decimal cannot hold it; requirements too, for parity
/// with the exchange.
/// </summary>
/// <remarks>
/// The prices at which equity exceeds maintenance are one interval, without its ends: equal is liquidated.
/// It has an end below when the long outweighs the short, and an end above nearly always; the exchange shows
/// one of the two.
/// </remarks>
public readonly record struct HedgeResult
{
    /// <summary>Size of the long x mark price.</summary>
    public required decimal LongNotional { get; init; }

    /// <summary>The tier of that notional, from 1.</summary>
    public required int LongTier { get; init; }

    /// <summary>Maintenance margin of the long at its own tier.</summary>
    public required decimal LongMaintenance { get; init; }

    /// <summary>Size of the short without its sign x mark price.</summary>
    public required decimal ShortNotional { get; init; }

    /// <summary>The tier of that notional, from 1.</summary>
    public required int ShortTier { get; init; }

    /// <summary>Maintenance margin of the short at its own tier.</summary>
    public required decimal ShortMaintenance { get; init; }

    /// <summary>Unrealised profit of both.</summary>
    public required decimal UnrealizedPnl { get; init; }

    /// <summary>Maintenance margin of both and of all other cross positions.</summary>
    public required decimal TotalMaintenance { get; init; }

    /// <summary>Cross wallet + unrealised profit of both and of all other cross positions.</summary>
    public required decimal MarginBalance { get; init; }

    /// <summary>
    /// Total maintenance margin over margin balance; liquidated at 1. Null when the balance is zero or less,
    /// or no decimal holds the ratio: infinite.
    /// </summary>
    public required decimal? MarginRatio { get; init; }

    /// <summary>Price below which the position is liquidated; null when none above zero does it.</summary>
    public required HedgeBound? Lower { get; init; }

    /// <summary>
    /// Price above which the position is liquidated; null when none does it that a decimal holds.
    /// </summary>
    public required HedgeBound? Upper { get; init; }

    /// <summary>
    /// Whether no price at all leaves equity above maintenance; also where it reaches it at one price, or is
    /// equal to it at all, or exceeds it only at prices too large for a decimal.
    /// </summary>
    public required bool IsLostEverywhere { get; init; }

    /// <summary>
    /// The bound nearest to the mark price, the one to be warned of; null without any, or where the position
    /// is lost everywhere.
    /// </summary>
    public HedgeBound? Nearest(decimal markPrice) =>
        Lower is { } lower && Upper is { } upper
            ? markPrice - lower.Price <= upper.Price - markPrice ? lower : upper
            : Lower ?? Upper;
}
