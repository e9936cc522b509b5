using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Displayed;

/// <summary>A market in the decimals in which the venue's indexer tells it and its web page reckons.</summary>
/// <remarks>Source: dYdX v4 indexer, perpetual markets; dYdX v4-web, market calculators.</remarks>
public sealed record DisplayedMarket
{
    /// <summary>The venue's name.</summary>
    public required MarketId Id { get; init; }

    /// <summary>Oracle price.</summary>
    public required Price OraclePrice { get; init; }

    /// <summary>Base initial margin fraction.</summary>
    public required decimal InitialMarginFraction { get; init; }

    /// <summary>Maintenance margin fraction.</summary>
    public required decimal MaintenanceMarginFraction { get; init; }

    /// <summary>Open interest in base units.</summary>
    public decimal OpenInterest { get; init; }

    /// <summary>Notional of open interest up to which the base margin holds; null where not told.</summary>
    public Usd? OpenInterestLowerCap { get; init; }

    /// <summary>Notional of open interest from which all is needed; null where not told.</summary>
    public Usd? OpenInterestUpperCap { get; init; }

    /// <summary>
    /// The initial margin fraction that the web page shows: on the same straight line as the chain's, but
    /// not rounded to parts per million. Caps that are equal or not told leave the base.
    /// </summary>
    public decimal EffectiveInitialMarginFraction
    {
        get
        {
            if (OpenInterestLowerCap is not { } lower || OpenInterestUpperCap is not { } upper
                || lower == upper)
            {
                return InitialMarginFraction;
            }

            var over = (OpenInterest * OraclePrice.Value) - lower.Value;
            var share = Math.Max(0m, WebDecimals.Divide(over, (upper - lower).Value));
            return Math.Min(1m, InitialMarginFraction + (share * (1m - InitialMarginFraction)));
        }
    }

    /// <summary>The chain's market as the indexer tells it.</summary>
    public static DisplayedMarket Of(Perpetual market) => new()
    {
        Id = market.Id,
        OraclePrice = new((decimal)market.OraclePrice * Decimals.PowerOfTen(market.OracleExponent)),
        InitialMarginFraction = market.LiquidityTier.InitialMarginPpm.Fraction,
        MaintenanceMarginFraction = market.LiquidityTier.MaintenanceMarginPpm.Fraction,
        OpenInterest = (decimal)market.OpenInterest * Decimals.PowerOfTen(market.AtomicResolution),
        OpenInterestLowerCap = market.LiquidityTier.OpenInterestLowerCap.ToUsd(),
        OpenInterestUpperCap = market.LiquidityTier.OpenInterestUpperCap.ToUsd(),
    };
}
