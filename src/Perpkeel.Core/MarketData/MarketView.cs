using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.MarketData;

/// <summary>One market as the stream has shown it so far: a fold over its events.</summary>
public readonly record struct MarketView
{
    /// <summary>The market's index.</summary>
    public int Market { get; init; }

    /// <summary>The event that led to this view.</summary>
    public MarketEvent Cause { get; init; }

    /// <summary>The resting orders.</summary>
    public OrderBook Book { get; init; }

    /// <summary>Best bid; zero when nobody bids.</summary>
    public Ticks Bid => Book.BestBid.Price;

    /// <summary>Best ask; zero when nobody asks.</summary>
    public Ticks Ask => Book.BestAsk.Price;

    /// <summary>Price of the last trade, or close of the last bar.</summary>
    public Ticks Last { get; init; }

    /// <summary>Integer oracle price.</summary>
    public long OraclePrice { get; init; }

    /// <summary>Last known hourly funding rate.</summary>
    public decimal FundingRate { get; init; }

    /// <summary>When the book last changed.</summary>
    public DateTimeOffset BookAt { get; init; }

    /// <summary>When the oracle price was last seen.</summary>
    public DateTimeOffset OracleAt { get; init; }

    /// <summary>
    /// When the older of book and oracle price was last seen; <c>default</c> while one is missing.
    /// </summary>
    public DateTimeOffset PricedAt => BookAt < OracleAt ? BookAt : OracleAt;

    /// <summary>Whether there is a bid, an ask and an oracle price.</summary>
    public bool IsComplete => Bid.Value > 0 && Ask.Value > 0 && OraclePrice > 0;

    /// <summary>The view after one more event of the same market.</summary>
    public static MarketView Step(MarketView view, in MarketEvent next)
    {
        view = view with { Market = next.Market, Cause = next };
        return next.Kind switch
        {
            MarketEventKind.Quote or MarketEventKind.Level => view with
            {
                Book = view.Book.Step(next),
                BookAt = next.At,
            },
            MarketEventKind.Trade or MarketEventKind.Candle => view with { Last = next.Last },
            MarketEventKind.Oracle => view with { OraclePrice = next.OraclePrice, OracleAt = next.At },
            MarketEventKind.Funding => view with { FundingRate = next.FundingRate },
            _ => view,
        };
    }

    /// <summary>What a request at <paramref name="now"/> may rest on.</summary>
    /// <param name="market">The market of this view.</param>
    /// <param name="now">When the request is made.</param>
    /// <param name="staleAfter">From which age on prices are stale.</param>
    public MarketFacts Facts(Market market, DateTimeOffset now, TimeSpan staleAfter)
    {
        var age = now - PricedAt;
        var quality = !IsComplete ? QualityGrade.Missing
            : Bid >= Ask ? QualityGrade.Crossed
            : age > staleAfter ? QualityGrade.Stale
            : QualityGrade.Good;
        return new MarketFacts
        {
            Market = market.Id,
            Bid = market.PriceOf(Bid),
            Ask = market.PriceOf(Ask),
            Oracle = new Price(OraclePrice * Decimals.PowerOfTen(market.OracleExponent)),
            AgeMs = IsComplete ? (long)age.TotalMilliseconds : 0,
            StreamSequence = Cause.Sequence,
            Quality = quality,
        };
    }
}
