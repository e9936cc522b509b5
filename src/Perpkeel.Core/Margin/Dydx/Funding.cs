using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx;

/// <summary>Hourly funding in the chain's integers.</summary>
/// <remarks>
/// Source: dYdX v4-chain, perpetuals keeper. The rate inside the protocol is quoted for eight hours in ppm
/// and prorated over the seconds that passed; the index is in millionths of a quote quantum per base
/// quantum.
/// </remarks>
public static class Funding
{
    private const int SecondsInEightHours = 28_800;
    private const int SecondsInHour = 3_600;
    private const int HoursOfRate = 8;

    /// <summary>The protocol's eight-hour rate of an hourly rate, truncated toward zero.</summary>
    public static Ppm EightHourRate(decimal hourlyRate) =>
        new((long)decimal.Truncate(hourlyRate * HoursOfRate * Ppm.One));

    /// <summary>How far one hour moves the funding index.</summary>
    /// <param name="market">The market.</param>
    /// <param name="eightHourRate">The eight-hour rate.</param>
    /// <param name="oraclePrice">The oracle's integer price at the tick.</param>
    public static Int128 IndexDelta(Market market, Ppm eightHourRate, long oraclePrice) =>
        IndexDelta(market, eightHourRate, oraclePrice, SecondsInHour);

    /// <summary>The same for so many seconds.</summary>
    internal static Int128 IndexDelta(Market market, Ppm eightHourRate, long oraclePrice, long seconds) =>
        PositionMargin.Worth(market, (Int128)eightHourRate.Value * seconds, oraclePrice)
        / SecondsInEightHours;

    /// <summary>
    /// What a position receives when the index has moved, in millionths of a quote quantum; negative is paid.
    /// </summary>
    public static BigInteger SettlementPpm(BigInteger quantums, BigInteger indexDelta) =>
        -indexDelta * quantums;

    /// <summary>The same in 128 bits.</summary>
    public static Int128 SettlementPpm(BaseQuantums quantums, Int128 indexDelta) =>
        -indexDelta * quantums.Value;

    /// <summary>What a position receives when the index has moved; negative is paid. Rounds down.</summary>
    public static QuoteQuantums Settle(BaseQuantums quantums, Int128 indexDelta) =>
        new(Rounding.FloorDivide(SettlementPpm(quantums, indexDelta), Ppm.One));
}
