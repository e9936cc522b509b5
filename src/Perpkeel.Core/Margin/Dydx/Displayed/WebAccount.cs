using System.Collections.Immutable;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Displayed;

/// <summary>
/// What the venue's web page shows of a subaccount: like the chain's figures, but in decimals, with equity
/// and free collateral never below zero. For decisions the chain's own figures count
/// (<see cref="Subaccounts.Subaccount"/>); these stand beside them so that a person can compare.
/// </summary>
/// <remarks>Source: dYdX v4-web, subaccount calculators; quotients to 20 places, halves up.</remarks>
public sealed record WebAccount
{
    private const int FirstIsolatedNumber = 128;

    /// <summary>USDC; negative is a debt.</summary>
    public required Usd QuoteBalance { get; init; }

    /// <summary>Worth of all positions with their signs.</summary>
    public required Usd ValueTotal { get; init; }

    /// <summary>Worth of all positions without their signs.</summary>
    public required Usd NotionalTotal { get; init; }

    /// <summary>Initial margins at the chosen leverages.</summary>
    public required Usd InitialRiskTotal { get; init; }

    /// <summary>Maintenance margins.</summary>
    public required Usd MaintenanceRiskTotal { get; init; }

    /// <summary>USDC and worth of positions, or zero where that is negative.</summary>
    public required Usd ClampedEquity { get; init; }

    /// <summary>Clamped equity less the initial margins; may be negative.</summary>
    public required Usd RawFreeCollateral { get; init; }

    /// <summary>The positions.</summary>
    public required ImmutableArray<WebPosition> Positions { get; init; }

    /// <summary>Raw free collateral, or zero where that is negative.</summary>
    public Usd FreeCollateral => RawFreeCollateral < Usd.Zero ? Usd.Zero : RawFreeCollateral;

    /// <summary>Notional over equity; null without equity.</summary>
    public decimal? Leverage => ClampedEquity.Value > 0m
        ? WebDecimals.Divide(NotionalTotal.Value, ClampedEquity.Value)
        : null;

    /// <summary>Share of equity that is not free; null without equity.</summary>
    public decimal? MarginUsage => ClampedEquity.Value > 0m
        ? 1m - WebDecimals.Divide(FreeCollateral.Value, ClampedEquity.Value)
        : null;

    /// <summary>What the page shows for an account.</summary>
    public static WebAccount Of(DisplayedAccount account)
    {
        var positions = account.Positions.Select(WebPosition.Alone).ToList();
        var value = Sum(positions, position => position.Value);
        var required = Sum(positions, position => position.InitialRiskFromSelectedLeverage);
        var maintenance = Sum(positions, position => position.MaintenanceRisk);
        var worth = account.Usdc + value;
        var equity = worth < Usd.Zero ? Usd.Zero : worth;
        var isIsolated = account.SubaccountNumber >= FirstIsolatedNumber;
        return new WebAccount
        {
            QuoteBalance = account.Usdc,
            ValueTotal = value,
            NotionalTotal = Sum(positions, position => position.Notional),
            InitialRiskTotal = required,
            MaintenanceRiskTotal = maintenance,
            ClampedEquity = equity,
            RawFreeCollateral = equity - required,
            Positions = [.. positions.Zip(account.Positions, (shown, held) => shown.Within(
                equity, maintenance, held.Market.OraclePrice.Value, isIsolated))],
        };
    }

    private static Usd Sum(List<WebPosition> positions, Func<WebPosition, Usd> part) =>
        positions.Aggregate(Usd.Zero, (sum, position) => sum + part(position));
}
