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
