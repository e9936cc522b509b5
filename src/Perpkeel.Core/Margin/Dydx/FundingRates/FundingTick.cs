using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.FundingRates;

/// <summary>What an hour does to a market's funding index.</summary>
/// <remarks>Source: dYdX v4-chain, perpetuals keeper, funding tick.</remarks>
/// <param name="EightHourRate">The rate inside the protocol, for eight hours.</param>
/// <param name="IndexDelta">How far the index moves, in millionths of a quote quantum per base quantum.</param>
public readonly record struct FundingTick(Ppm EightHourRate, BigInteger IndexDelta)
{
    private const int SecondsInEightHours = 28_800;

    /// <summary>
    /// Greatest rate without its sign: a multiple of the distance from maintenance to initial margin, both of
    /// them base fractions, rounded down.
    /// </summary>
    public static Ppm Most(LiquidityTier tier, Ppm clampFactor) => new((long)(
        (Int128)(tier.InitialMarginPpm.Value - tier.MaintenanceMarginPpm.Value) * clampFactor.Value
        / Ppm.One));

    /// <summary>The tick of a market.</summary>
    /// <param name="market">The market at the tick.</param>
    /// <param name="premium">The hour's premium.</param>
    /// <param name="defaultFunding">What is always added, for eight hours.</param>
    /// <param name="clampFactor">Multiple of the margins' distance that bounds the rate.</param>
    /// <param name="seconds">Seconds since the last tick.</param>
    public static FundingTick Of(
        Perpetual market, Ppm premium, Ppm defaultFunding, Ppm clampFactor, long seconds)
    {
        var most = Most(market.LiquidityTier, clampFactor).Value;
        var rate = new Ppm(Math.Clamp(premium.Value + defaultFunding.Value, -most, most));
        return new(rate, IndexDeltaOf(market, rate, seconds));
    }

    /// <summary>How far so many seconds at an eight-hour rate move the index, truncated toward zero.</summary>
    public static BigInteger IndexDeltaOf(Perpetual market, Ppm eightHourRate, long seconds) =>
        BigInteger.Divide(
            market.BaseToQuote((BigInteger)eightHourRate.Value * seconds), SecondsInEightHours);
}
