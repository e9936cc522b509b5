using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Markets.Replay;

/// <summary>
/// A path through a bar of which only open, high, low and close are known: from the open to the nearer
/// extreme, to the other one and to the close, in steps of a ninth of the bar, a third of them for each leg.
/// Whether that is good or bad for anybody's position it does not know.
/// </summary>
/// <remarks>
/// At each step the book stands around the path, each side holding the tenth part of the bar's volume on two
/// levels; the oracle is on the path; and a taker on the side that the path goes trades an equal share of the
/// bar's volume. At the open and at the close the book is the one that everybody is shown.
/// </remarks>
internal static class CandlePath
{
    /// <summary>Equal parts of a bar; its details lie between them.</summary>
    public const int Parts = 9;

    private const int PartsOfLeg = Parts / 3;
    private const int Steps = Parts - 1;

    // Oracle prices are three digits finer than ticks.
    private const long OracleUnitsPerTick = 1_000;

    // Of what a side holds, four tenths are at the best level, and the rest two half spreads behind it.
    private const long BestTenths = 4;
    private const long BehindHalves = 2;

    /// <summary>Adds the steps of a bar that lie after one time and not after another.</summary>
    public static void Add(
        int market, in ReplayBar bar, long lengthMs, long afterMs, long untilMs,
        ICollection<SourceEvent> details)
    {
        for (var step = 1; step <= Steps; step++)
        {
            var atMs = bar.OpenedAtMs + (lengthMs * step / Parts);
            if (atMs <= afterMs) continue;
            if (atMs > untilMs) return;
            Add(market, bar, step, DateTimeOffset.FromUnixTimeMilliseconds(atMs), details);
        }
    }

    /// <summary>Where the path is after so many parts, in ticks.</summary>
    public static long PriceAt(in ReplayBar bar, int part)
    {
        var (first, second) = ExtremesOf(bar);
        var (from, to) = (part / PartsOfLeg) switch
        {
            0 => (bar.Open, first),
            1 => (first, second),
            _ => (second, bar.Close),
        };
        return part == Parts ? bar.Close : from + ((to - from) * (part % PartsOfLeg) / PartsOfLeg);
    }

    /// <summary>The nearer extreme first; if both are as near, the one away from the close.</summary>
    private static (long First, long Second) ExtremesOf(in ReplayBar bar)
    {
        var (up, down) = (bar.High - bar.Open, bar.Open - bar.Low);
        var isLowFirst = down == up ? bar.Close >= bar.Open : down < up;
        return isLowFirst ? (bar.Low, bar.High) : (bar.High, bar.Low);
    }

    private static void Add(
        int market, in ReplayBar bar, int step, DateTimeOffset at, ICollection<SourceEvent> details)
    {
        var price = PriceAt(bar, step);
        var half = CandleReplay.HalfSpread(price);
        var (bid, ask) = (Math.Max(1, price - half), price + half);
        var held = bar.Volume / CandleReplay.VolumeParts;
        var best = new Steps(Math.Max(1, held * BestTenths / 10));
        var behind = new Steps(Math.Max(1, held - best.Value));
        details.Add(Of(MarketEvent.Quote(market, at, new Ticks(bid), best, new Ticks(ask), best)));
        if (bid - (BehindHalves * half) is > 0 and var lower)
        {
            details.Add(Of(MarketEvent.Level(market, at, Side.Buy, new Ticks(lower), behind)));
        }

        var higher = new Ticks(ask + (BehindHalves * half));
        details.Add(Of(MarketEvent.Level(market, at, Side.Sell, higher, behind)));
        details.Add(Of(MarketEvent.Oracle(market, at, price * OracleUnitsPerTick)));

        // Shares are whole steps; what is left over stays with the last one.
        var share = bar.Volume / Steps;
        if (step == Steps) share = bar.Volume - (share * (Steps - 1));
        if (share == 0) return;
        var isBuy = price > PriceAt(bar, step - 1) || (price == PriceAt(bar, step - 1) && step % 2 == 0);
        details.Add(Of(MarketEvent.Trade(
            market, at, new Ticks(isBuy ? ask : bid), new Steps(share), isBuy ? Side.Buy : Side.Sell)));
    }

    private static SourceEvent Of(in MarketEvent next) => new(next, IsDetail: true);
}
