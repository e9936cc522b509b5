using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Tiers;

/// <summary>
/// One tier of a symbol's table: the position notionals from the floor (not included) to the cap (included)
/// have its rate, its maintenance amount and its greatest leverage.
/// </summary>
/// <remarks>
/// Notionals and amounts are in the symbol's quote asset, which need not be a dollar. Source: the
/// <c>leverageBracket</c> endpoints of Binance and Aster.
/// </remarks>
public sealed record MarginTier
{
    /// <summary>Its place in the table, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Notional above which it begins; it belongs to the tier before.</summary>
    public required decimal Floor { get; init; }

    /// <summary>
    /// Notional at which it ends; it still belongs to this tier, unless that is where the tier begins: then
    /// no notional does.
    /// </summary>
    public required decimal Cap { get; init; }

    /// <summary>Whether it ends where it begins: no notional belongs to it.</summary>
    public bool IsEmpty => Cap == Floor;

    /// <summary>Maintenance margin rate, a fraction between 0 and 1.</summary>
    public required decimal Rate { get; init; }

    /// <summary>
    /// Maintenance amount: what is taken off notional x rate so that margin has no step at the floor. The
    /// exchanges call it <c>cum</c>.
    /// </summary>
    public required decimal Amount { get; init; }

    /// <summary>Greatest leverage at which a position in this tier may be opened.</summary>
    public required Leverage MaxLeverage { get; init; }
}
