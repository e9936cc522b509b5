using Perpkeel.Venues.Dydx.Indexer.Records;

namespace Perpkeel.Cli.Dydx.Reading;

/// <summary>A level of a book, with all that rests up to it.</summary>
internal sealed record DepthRow(string Side, decimal Price, decimal Size, decimal Depth);

/// <summary>What each verb shows of what it reads.</summary>
internal static class Sheets
{
    public static Sheet<IndexerMarket> Markets { get; } = new(
        "market",
        Text<IndexerMarket>("ticker", one => one.Ticker),
        Text<IndexerMarket>("status", one => one.Status),
        Number<IndexerMarket>("oraclePrice", one => one.OraclePrice),
        Number<IndexerMarket>("change24h", one => one.PriceChange24H),
        Number<IndexerMarket>("volume24h", one => one.Volume24H),
        Number<IndexerMarket>("funding1h", one => one.NextFundingRate),
        Number<IndexerMarket>("openInterest", one => one.OpenInterest),
        Number<IndexerMarket>("initialMargin", one => one.InitialMarginFraction),
        Number<IndexerMarket>("maintenanceMargin", one => one.MaintenanceMarginFraction),
        Number<IndexerMarket>("tickSize", one => one.TickSize),
        Number<IndexerMarket>("stepSize", one => one.StepSize),
        Number<IndexerMarket>("clobPairId", one => one.ClobPairId));

    public static Sheet<DepthRow> Book { get; } = new(
        "level",
        Text<DepthRow>("side", one => one.Side),
        Number<DepthRow>("price", one => one.Price),
        Number<DepthRow>("size", one => one.Size),
        Number<DepthRow>("depth", one => one.Depth));

    public static Sheet<PublicTrade> Trades { get; } = new(
        "trade",
        Text<PublicTrade>("time", one => one.CreatedAt),
        Text<PublicTrade>("taker", one => one.Side),
        Number<PublicTrade>("price", one => one.Price),
        Number<PublicTrade>("size", one => one.Size),
        Text<PublicTrade>("type", one => one.Type),
        Number<PublicTrade>("block", one => one.CreatedAtHeight));

    public static Sheet<PublicCandle> Candles { get; } = new(
        "candle",
        Text<PublicCandle>("time", one => one.StartedAt),
        Number<PublicCandle>("open", one => one.Open),
        Number<PublicCandle>("high", one => one.High),
        Number<PublicCandle>("low", one => one.Low),
        Number<PublicCandle>("close", one => one.Close),
        Number<PublicCandle>("volume", one => one.BaseTokenVolume),
        Number<PublicCandle>("usdVolume", one => one.UsdVolume),
        Number<PublicCandle>("trades", one => one.Trades),
        Number<PublicCandle>("openInterest", one => one.StartingOpenInterest));

    public static Sheet<HistoricalFunding> Funding { get; } = new(
        "funding",
        Text<HistoricalFunding>("time", one => one.EffectiveAt),
        Number<HistoricalFunding>("rate1h", one => one.Rate),
        Number<HistoricalFunding>("price", one => one.Price),
        Number<HistoricalFunding>("block", one => one.EffectiveAtHeight));

    public static Sheet<IndexerSubaccount> Accounts { get; } = new(
        "subaccount",
        Number<IndexerSubaccount>("subaccount", one => one.SubaccountNumber),
        Number<IndexerSubaccount>("equity", one => one.Equity),
        Number<IndexerSubaccount>("freeCollateral", one => one.FreeCollateral),
        Number<IndexerSubaccount>("usdc", one => one.Assets.Sum(asset =>
            asset.Symbol.Equals("USDC", StringComparison.Ordinal) ? asset.SignedSize : 0m)),
        Number<IndexerSubaccount>("positions", one => one.OpenPositions.Length),
        Number<IndexerSubaccount>("block", one => one.LatestProcessedBlockHeight));

    public static Sheet<IndexerPosition> Positions { get; } = new(
        "position",
        Number<IndexerPosition>("subaccount", one => one.SubaccountNumber),
        Text<IndexerPosition>("market", one => one.Market),
        Text<IndexerPosition>("side", one => one.Side),
        Number<IndexerPosition>("size", one => one.Size),
        Number<IndexerPosition>("entryPrice", one => one.EntryPrice),
        Number<IndexerPosition>("unrealizedPnl", one => one.UnrealizedPnl),
        Number<IndexerPosition>("realizedPnl", one => one.RealizedPnl),
        Number<IndexerPosition>("netFunding", one => one.NetFunding),
        Text<IndexerPosition>("opened", one => one.CreatedAt));

    public static Sheet<IndexerOrder> Orders { get; } = new(
        "order",
        Text<IndexerOrder>("market", one => one.Ticker),
        Text<IndexerOrder>("status", one => one.Status),
        Text<IndexerOrder>("type", one => one.Type),
        Text<IndexerOrder>("side", one => one.Side),
        Number<IndexerOrder>("size", one => one.Size),
        Number<IndexerOrder>("filled", one => one.TotalFilled),
        Number<IndexerOrder>("price", one => one.Price),
        Number<IndexerOrder>("trigger", one => one.TriggerPrice),
        Text<IndexerOrder>("reduceOnly", one => one.ReduceOnly),
        Number<IndexerOrder>("goodTilBlock", one => one.GoodTilBlock),
        Text<IndexerOrder>("goodTilTime", one => one.GoodTilBlockTime),
        Number<IndexerOrder>("clientId", one => one.ClientId),
        Number<IndexerOrder>("subaccount", one => one.SubaccountNumber),
        Text<IndexerOrder>("id", one => one.Id));

    public static Sheet<IndexerFill> Fills { get; } = new(
        "fill",
        Text<IndexerFill>("time", one => one.CreatedAt),
        Text<IndexerFill>("market", one => one.Market),
        Text<IndexerFill>("type", one => one.Type),
        Text<IndexerFill>("side", one => one.Side),
        Text<IndexerFill>("liquidity", one => one.Liquidity),
        Number<IndexerFill>("price", one => one.Price),
        Number<IndexerFill>("size", one => one.Size),
        Number<IndexerFill>("fee", one => one.Fee),
        Number<IndexerFill>("subaccount", one => one.SubaccountNumber),
        Number<IndexerFill>("block", one => one.CreatedAtHeight),
        Text<IndexerFill>("orderId", one => one.OrderId));

    private static Column<T> Text<T>(string name, Func<T, object?> value) => new(name, IsText: true, value);

    private static Column<T> Number<T>(string name, Func<T, object?> value) =>
        new(name, IsText: false, value);
}
