using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Testing;

/// <summary>Prices that a request may rest on.</summary>
public static class SampleFacts
{
    /// <summary>Good, fresh prices around an oracle price: bid and ask one tick from it.</summary>
    public static MarketFacts At(Market market, decimal oracle) => new()
    {
        Market = market.Id,
        Bid = market.FloorToTick(oracle - market.TickSize),
        Ask = market.CeilingToTick(oracle + market.TickSize),
        Oracle = new Price(oracle),
        AgeMs = 0,
        StreamSequence = 1,
        Quality = QualityGrade.Good,
    };

    /// <summary>The same prices as a board of prices has them.</summary>
    public static MarketView View(Market market, decimal oracle, DateTimeOffset at)
    {
        var facts = At(market, oracle);
        var view = MarketView.Step(new MarketView { Market = market.Index }, MarketEvent.Quote(
            market.Index, at, market.TicksOf(facts.Bid), new Steps(1), market.TicksOf(facts.Ask),
                new Steps(1)));
        var integer = (long)(oracle * (decimal)Math.Pow(10, -market.OracleExponent));
        return MarketView.Step(view, MarketEvent.Oracle(market.Index, at, integer));
    }

    /// <summary>What is known before anything was seen.</summary>
    public static MarketFacts Missing(Market market) => new()
    {
        Market = market.Id,
        Bid = default,
        Ask = default,
        Oracle = default,
        AgeMs = 0,
        StreamSequence = 0,
        Quality = QualityGrade.Missing,
    };
}
