using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Displayed;

/// <summary>What the venue's web page shows of a position.</summary>
public sealed record WebPosition
{
    /// <summary>Its market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Signed size.</summary>
    public required Size Size { get; init; }

    /// <summary>Worth with its sign.</summary>
    public required Usd Value { get; init; }

    /// <summary>Worth without its sign.</summary>
    public required Usd Notional { get; init; }

    /// <summary>Initial margin fraction with the growth by open interest.</summary>
    public required decimal AdjustedInitialMarginFraction { get; init; }

    /// <summary>Maintenance margin fraction.</summary>
    public required decimal AdjustedMaintenanceMarginFraction { get; init; }

    /// <summary>Initial margin at that fraction.</summary>
    public required Usd InitialRisk { get; init; }

    /// <summary>Initial margin at the greater of that fraction and the chosen leverage's.</summary>
    public required Usd InitialRiskFromSelectedLeverage { get; init; }

    /// <summary>Maintenance margin.</summary>
    public required Usd MaintenanceRisk { get; init; }

    /// <summary>Greatest leverage at the adjusted fraction.</summary>
    public required decimal MaxLeverage { get; init; }

    /// <summary>The chosen leverage, or the base margin's where none is chosen.</summary>
    public required decimal EffectiveSelectedLeverage { get; init; }

    /// <summary>Notional over the account's equity; null without equity.</summary>
    public required decimal? Leverage { get; init; }

    /// <summary>Whether the page calls it isolated.</summary>
    public required bool IsIsolated { get; init; }

    /// <summary>
    /// The liquidation price that the page shows, reckoned from equity that it never lets fall below zero and
    /// without the chain's rounding: of an account worth less than nothing it is wrong. Null where it would be
    /// negative. The price that holds is <see cref="Dydx.LiquidationPrice"/>.
    /// </summary>
    public required decimal? LiquidationPriceFromClampedEquity { get; init; }

    /// <summary>Worth less what the position cost.</summary>
    public required Usd UnrealizedPnl { get; init; }

    /// <summary>The same over the margin at the chosen leverage; null without a cost.</summary>
    public required decimal? UnrealizedPnlPercent { get; init; }

    /// <summary>What does not depend on the rest of the account.</summary>
    internal static WebPosition Alone(DisplayedPosition position)
    {
        var market = position.Market;
        var value = market.OraclePrice * position.Size;
        var notional = value.Abs();
        var fraction = market.EffectiveInitialMarginFraction;
        var selected = position.SelectedLeverage?.Value
            ?? WebDecimals.Divide(1m, market.InitialMarginFraction);
        var cost = position.EntryPrice * position.Size;
        var pnl = value - cost;
        return new WebPosition
        {
            Market = market.Id,
            Size = position.Size,
            Value = value,
            Notional = notional,
            AdjustedInitialMarginFraction = fraction,
            AdjustedMaintenanceMarginFraction = market.MaintenanceMarginFraction,
            InitialRisk = notional * fraction,
            InitialRiskFromSelectedLeverage =
                notional * Math.Max(WebDecimals.Divide(1m, selected), fraction),
            MaintenanceRisk = notional * market.MaintenanceMarginFraction,
            MaxLeverage = WebDecimals.Divide(1m, fraction),
            EffectiveSelectedLeverage = selected,
            Leverage = null,
            IsIsolated = false,
            LiquidationPriceFromClampedEquity = null,
            UnrealizedPnl = pnl,
            UnrealizedPnlPercent = cost == Usd.Zero
                ? null
                : WebDecimals.Divide(
                    pnl.Value, WebDecimals.Divide(cost.Abs().Value, Math.Max(1m, selected))),
        };
    }

    /// <summary>The same within an account.</summary>
    internal WebPosition Within(Usd equity, Usd maintenance, decimal price, bool isIsolated) => this with
    {
        Leverage = equity.Value > 0m ? WebDecimals.Divide(Notional.Value, equity.Value) : null,
        IsIsolated = isIsolated,
        LiquidationPriceFromClampedEquity =
            Liquidation(equity, maintenance - MaintenanceRisk, price) is >= 0m and var found ? found : null,
    };

    /// <summary>(equity - size * price - maintenance of others) / (|size| * fraction - size).</summary>
    private decimal? Liquidation(Usd equity, Usd others, decimal price)
    {
        var slope = (Math.Abs(Size.Value) * AdjustedMaintenanceMarginFraction) - Size.Value;
        if (slope == 0m) return null;
        return WebDecimals.Divide(equity.Value - (Size.Value * price) - others.Value, slope);
    }
}
