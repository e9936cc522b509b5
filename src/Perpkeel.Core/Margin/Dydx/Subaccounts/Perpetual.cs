using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>A perpetual market as the chain sees it at one block, in unbounded integers.</summary>
/// <remarks>Source: dYdX v4-chain, perpetuals keeper and library.</remarks>
public sealed record Perpetual
{
    private const int QuoteDecimals = 6;

    /// <summary>The venue's name.</summary>
    public required MarketId Id { get; init; }

    /// <summary>Exponent of the base quantum.</summary>
    public required int AtomicResolution { get; init; }

    /// <summary>Exponent of the integer oracle price.</summary>
    public required int OracleExponent { get; init; }

    /// <summary>Integer oracle price; zero before the first one.</summary>
    public required BigInteger OraclePrice { get; init; }

    /// <summary>Margin rules.</summary>
    public required LiquidityTier LiquidityTier { get; init; }

    /// <summary>Open interest in base quantums.</summary>
    public BigInteger OpenInterest { get; init; }

    /// <summary>Funding index, in millionths of a quote quantum per base quantum.</summary>
    public BigInteger FundingIndex { get; init; }

    /// <summary>Whether it shares its collateral pool.</summary>
    public MarketType MarketType { get; init; } = MarketType.Cross;

    /// <summary>Worth of the open interest in quote quantums.</summary>
    public BigInteger OpenInterestNotional => BaseToQuote(OpenInterest);

    /// <summary>A market at an oracle price and an open interest.</summary>
    public static Perpetual Of(Market market, BigInteger oraclePrice, BigInteger openInterest) => new()
    {
        Id = market.Id,
        AtomicResolution = market.AtomicResolution,
        OracleExponent = market.OracleExponent,
        OraclePrice = oraclePrice,
        OpenInterest = openInterest,
        LiquidityTier = market.LiquidityTier,
        MarketType = market.MarketType,
    };

    /// <summary>Worth of base quantums in quote quantums, truncated toward zero.</summary>
    public BigInteger BaseToQuote(BigInteger baseQuantums) =>
        Rounding.ScaleTowardZero(baseQuantums * OraclePrice, WorthExponent);

    /// <summary>Base quantums that are worth so many quote quantums, truncated toward zero.</summary>
    /// <exception cref="DivideByZeroException">There is no oracle price.</exception>
    public BigInteger QuoteToBase(BigInteger quoteQuantums) =>
        BigInteger.Divide(Rounding.ScaleTowardZero(quoteQuantums, -WorthExponent), OraclePrice);

    /// <summary>The initial margin fraction that counts for an account's own choice.</summary>
    public Ppm EffectiveInitialMarginPpm(Ppm? custom) =>
        LiquidityTier.EffectiveInitialMarginPpm(OpenInterestNotional, custom);

    /// <summary>What a position adds to an account's collateral and requirements.</summary>
    /// <param name="quantums">Signed base quantums.</param>
    /// <param name="quoteBalance">Quote quantums that belong to the position.</param>
    /// <param name="custom">The initial margin fraction that the account has chosen; null for none.</param>
    public SubaccountRisk Margin(BigInteger quantums, BigInteger quoteBalance = default, Ppm? custom = null)
    {
        var notional = BaseToQuote(BigInteger.Abs(quantums));
        return new(
            BaseToQuote(quantums) + quoteBalance,
            LiquidityTier.InitialMargin(notional, EffectiveInitialMarginPpm(custom)),
            LiquidityTier.MaintenanceMargin(notional));
    }

    /// <summary>Power of ten that turns base quantums times the oracle price into quote quantums.</summary>
    internal int WorthExponent => OracleExponent + AtomicResolution + QuoteDecimals;
}
