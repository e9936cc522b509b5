using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Venues.Dydx.Indexer.Rest;

/// <summary>What the Indexer tells of markets.</summary>
public sealed class MarketReads
{
    private readonly IndexerCaller _caller;

    internal MarketReads(IndexerCaller caller) => _caller = caller;

    /// <summary>The Indexer's clock.</summary>
    public Task<Result<IndexerTime, IndexerError>> TimeAsync(CancellationToken cancellation) =>
        _caller.AskAsync(new Question("/time"), IndexerTime.Read, cancellation);

    /// <summary>The last block that it has taken in.</summary>
    public Task<Result<IndexerHeight, IndexerError>> HeightAsync(CancellationToken cancellation) =>
        _caller.AskAsync(new Question("/height"), IndexerHeight.Read, cancellation);

    /// <summary>All markets, by ticker as told.</summary>
    public Task<Result<ImmutableArray<IndexerMarket>, IndexerError>> AllAsync(
        CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question("/perpetualMarkets"), f => f.Map("markets", (_, one) => IndexerMarket.Read(one)),
            cancellation);

    /// <summary>One market. A market that does not exist is refused or not found, by deployment.</summary>
    public async Task<Result<IndexerMarket, IndexerError>> OneAsync(
        MarketId market, CancellationToken cancellation)
    {
        var question = new Question("/perpetualMarkets").With("ticker", market.Value).Limit(1);
        var asked = await _caller.AskAsync(
            question, f => f.Map("markets", (_, one) => IndexerMarket.Read(one)), cancellation);
        if (!asked.TryGet(out var found, out var error)) return error;
        foreach (var one in found)
        {
            if (string.Equals(one.Ticker, market.Value, StringComparison.Ordinal)) return one;
        }

        return new IndexerError.NotFound($"market {IndexerCaller.Plain(market.Value)}");
    }

    /// <summary>The book, best first, as the Indexer itself uncrosses it.</summary>
    public Task<Result<BookLines, IndexerError>> BookAsync(MarketId market, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/orderbooks/perpetualMarket/{Question.Part(market.Value)}"), BookLines.Read,
            cancellation);

    /// <summary>The latest trades, newest first.</summary>
    /// <param name="market">Where.</param>
    /// <param name="limit">How many; null for a thousand.</param>
    /// <param name="before">Not later than this; null for now.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Result<ImmutableArray<PublicTrade>, IndexerError>> TradesAsync(
        MarketId market, int? limit, DateTimeOffset? before, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/trades/perpetualMarket/{Question.Part(market.Value)}").Limit(limit)
                .With("createdBeforeOrAt", before),
            f => f.List("trades", PublicTrade.Read), cancellation);

    /// <summary>All trades, newest first, page by page; an error is told and ends them.</summary>
    public IAsyncEnumerable<Result<PublicTrade, IndexerError>> AllTradesAsync(
        MarketId market, CancellationToken cancellation) =>
        Pages.BackAsync(
            before => TradesAsync(market, Question.MostRows, before, cancellation),
            trade => trade.Id, trade => trade.CreatedAt, Question.MostRows, "/trades", cancellation);

    /// <summary>Candles, newest first.</summary>
    /// <param name="market">Where.</param>
    /// <param name="resolution">How long they are.</param>
    /// <param name="from">Not begun before this.</param>
    /// <param name="to">Begun before this: the bound itself is not in.</param>
    /// <param name="limit">How many; null for a thousand.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Result<ImmutableArray<PublicCandle>, IndexerError>> CandlesAsync(
        MarketId market, CandleResolution resolution, DateTimeOffset? from, DateTimeOffset? to, int? limit,
        CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/candles/perpetualMarkets/{Question.Part(market.Value)}", LimitBucket.Candles)
                .With("resolution", (CandleResolution?)resolution).With("fromISO", from).With("toISO", to)
                .Limit(limit),
            f => f.List("candles", PublicCandle.Read), cancellation);

    /// <summary>All candles since an instant, newest first, page by page.</summary>
    public IAsyncEnumerable<Result<PublicCandle, IndexerError>> AllCandlesAsync(
        MarketId market, CandleResolution resolution, DateTimeOffset from, CancellationToken cancellation) =>
        Pages.BackAsync(
            before => CandlesAsync(market, resolution, from, before, Question.MostRows, cancellation),
            candle => candle.StartedAt.ToString("O"), candle => candle.StartedAt, Question.MostRows,
            "/candles", cancellation);

    /// <summary>Funding of past hours, newest first; rates are for one hour.</summary>
    public Task<Result<ImmutableArray<HistoricalFunding>, IndexerError>> FundingAsync(
        MarketId market, int? limit, DateTimeOffset? before, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question($"/historicalFunding/{Question.Part(market.Value)}", LimitBucket.Funding)
                .Limit(limit).With("effectiveBeforeOrAt", before),
            f => f.List("historicalFunding", HistoricalFunding.Read), cancellation);

    /// <summary>All funding, newest first, page by page.</summary>
    public IAsyncEnumerable<Result<HistoricalFunding, IndexerError>> AllFundingAsync(
        MarketId market, CancellationToken cancellation) =>
        Pages.BackAsync(
            before => FundingAsync(market, Question.MostRows, before, cancellation),
            hour => hour.EffectiveAt.ToString("O"), hour => hour.EffectiveAt, Question.MostRows,
            "/historicalFunding", cancellation);

    /// <summary>Closes of all markets, newest first.</summary>
    public Task<Result<ImmutableArray<Sparkline>, IndexerError>> SparklinesAsync(
        SparklinePeriod period, CancellationToken cancellation) =>
        _caller.AskAsync(
            new Question("/sparklines", LimitBucket.Sparklines)
                .With("timePeriod", (SparklinePeriod?)period),
            f => f.All((ticker, closes) => new Sparkline(ticker, closes.Decimals())), cancellation);
}
