using System.Collections.Immutable;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Tiered;

namespace Perpkeel.Core.Margin.Accounts;

/// <summary>The margin of a whole account, in its asset.</summary>
public sealed record AccountMargin
{
    /// <summary>The account that was reckoned.</summary>
    public required TieredAccount Account { get; init; }

    /// <summary>
    /// Every position in the order of symbols, cross ones with what the others need and gain.
    /// </summary>
    public required ImmutableArray<HeldMargin> Positions { get; init; }

    /// <summary>Notional of all positions without their signs.</summary>
    public required decimal Notional { get; init; }

    /// <summary>Maintenance margin of all cross positions.</summary>
    public required decimal CrossMaintenance { get; init; }

    /// <summary>Initial margin of all cross positions.</summary>
    public required decimal CrossInitial { get; init; }

    /// <summary>Unrealised profit of all cross positions.</summary>
    public required decimal CrossUnrealizedPnl { get; init; }

    /// <summary>Cross wallet + unrealised profit of the cross positions.</summary>
    public required decimal CrossBalance { get; init; }

    /// <summary>Maintenance margin of all positions.</summary>
    public required decimal Maintenance { get; init; }

    /// <summary>Initial margin of all positions.</summary>
    public required decimal Initial { get; init; }

    /// <summary>Cross balance + isolated wallets + unrealised profit of isolated positions.</summary>
    public required decimal Equity { get; init; }

    /// <summary>
    /// What new orders may use: cross balance - initial margin of cross positions and of open orders.
    /// Negative when that is more than there is; never clamped.
    /// </summary>
    public required decimal Available { get; init; }

    /// <summary>
    /// What may leave the cross wallet: as <see cref="Available"/>, but unrealised profit does not count and
    /// unrealised loss does. Never clamped.
    /// </summary>
    public required decimal Withdrawable { get; init; }

    /// <summary>
    /// Maintenance margin of the cross positions over the cross balance; liquidated at 1. Zero without cross
    /// positions; null when the balance is zero or less: infinite.
    /// </summary>
    public decimal? CrossRatio =>
        CrossMaintenance == 0m ? 0m
        : CrossBalance > 0m ? MarginCalculator.Quotient(CrossMaintenance, CrossBalance)
        : null;

    /// <summary>Notional over equity; null when there is no equity.</summary>
    public decimal? Leverage => Equity > 0m ? MarginCalculator.Quotient(Notional, Equity) : null;

    /// <summary>How far the cross positions are from liquidation.</summary>
    public MarginHealth CrossHealth => TieredHealth.Of(CrossMaintenance, CrossBalance);

    /// <summary>The worst health of the cross positions and of every isolated one.</summary>
    public MarginHealth Health => Positions.Select(position => position.Health)
        .Append(CrossHealth).Max();

    /// <summary>A position by its name; null when there is none.</summary>
    public HeldMargin? Find(PositionKey key) => Positions.FirstOrDefault(held => held.Key == key);
}

/// <summary>The margin of one position of an account.</summary>
public sealed record HeldMargin
{
    /// <summary>The position.</summary>
    public required HeldPosition Position { get; init; }

    /// <summary>What holds for its symbol.</summary>
    public required ContractSetting Setting { get; init; }

    /// <summary>
    /// Its margin. The liquidation price of a leg whose other leg is held as well moves one leg only: see
    /// <see cref="Hedge"/>.
    /// </summary>
    public required MarginResult Margin { get; init; }

    /// <summary>
    /// Both legs together when the other leg is held as well and both are cross; else null.
    /// </summary>
    public required HedgeResult? Hedge { get; init; }

    /// <summary>Its name.</summary>
    public PositionKey Key => Position.Key;

    /// <summary>How far it, or all cross positions together, are from liquidation.</summary>
    public MarginHealth Health => TieredHealth.Of(Margin.TotalMaintenance, Margin.MarginBalance);

    /// <summary>
    /// The price at which it is liquidated, other symbols unchanged; of both legs together the nearest of
    /// two. Null when there is none.
    /// </summary>
    public decimal? LiquidationPrice => Hedge is null ? Margin.LiquidationPrice : NearestBound?.Price;

    /// <summary>
    /// From which side that price is reached, and which way it is rounded for an alert:
    /// <see cref="Side.Buy"/> as a long's, by a fall; <see cref="Side.Sell"/> as a short's, by a rise; none
    /// without a price. A leg of a hedge may be liquidated from the side of the other leg.
    /// </summary>
    public Side LiquidationSide =>
        LiquidationPrice is null ? Side.None : NearestBound?.Side ?? Sides.Of(Position.Size);

    private HedgeBound? NearestBound => Hedge?.Nearest(Setting.MarkPrice);
}
