using System.Globalization;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Keys;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Orders;

namespace Perpkeel.Venues.Dydx.Tests.Indexer;

/// <summary>Messages of our own making, in the venue's shapes.</summary>
internal static class Sample
{
    public const string Market = """
        {"clobPairId":"1","ticker":"ETH-USD","status":"ACTIVE","oraclePrice":"2500.25",
        "priceChange24H":"-12.5","volume24H":"100234.55","trades24H":321,"nextFundingRate":"0.00000125",
        "initialMarginFraction":"0.02","maintenanceMarginFraction":"0.012","openInterest":"9001.5",
        "baseOpenInterest":"9002.5","atomicResolution":-9,"quantumConversionExponent":-9,"tickSize":"0.1",
        "stepSize":"0.001","stepBaseQuantums":1000000,"subticksPerTick":100000,"marketType":"CROSS",
        "openInterestLowerCap":"0","openInterestUpperCap":"0","defaultFundingRate1H":"0","somethingNew":[1]}
        """;

    public const string Fill = """
        {"id":"8a1c8a55-0000-5000-8000-000000000001","side":"BUY","liquidity":"TAKER","type":"LIMIT",
        "market":"ETH-USD","marketType":"PERPETUAL","price":"2500.1","size":"0.5","fee":"0.625",
        "affiliateRevShare":"0","createdAt":"2026-01-02T03:04:05.678Z","createdAtHeight":"70000001",
        "orderId":"8a1c8a55-0000-5000-8000-0000000000aa","clientMetadata":"0","subaccountNumber":0}
        """;

    public const string Subaccount = """
        {"address":"dydx1example","subaccountNumber":0,"equity":"6000.5","freeCollateral":"5900.25",
        "openPerpetualPositions":{"ETH-USD":{"market":"ETH-USD","status":"OPEN","side":"SHORT","size":"-2",
        "maxSize":"-2","entryPrice":"2500.2","exitPrice":null,"realizedPnl":"0.1","unrealizedPnl":"-0.1",
        "createdAt":"2026-01-02T03:04:05.678Z","createdAtHeight":"70000001","closedAt":null,"sumOpen":"2",
        "sumClose":"0","netFunding":"0.1","subaccountNumber":0}},
        "assetPositions":{"USDC":{"symbol":"USDC","side":"LONG","size":"11000.9","assetId":"0",
        "subaccountNumber":0}},"marginEnabled":true,"updatedAtHeight":"70000001",
        "latestProcessedBlockHeight":"70000009"}
        """;

    public const string Order = """
        {"id":"8a1c8a55-0000-5000-8000-0000000000aa","subaccountId":"8a1c8a55-0000-5000-8000-0000000000bb",
        "clientId":"4711","clobPairId":"1","side":"BUY","size":"0.5","totalFilled":"0.2","price":"2500.1",
        "type":"LIMIT","status":"OPEN","timeInForce":"GTT","reduceOnly":false,"orderFlags":"0",
        "goodTilBlock":"70000012","clientMetadata":"0","postOnly":true,"ticker":"ETH-USD",
        "subaccountNumber":0}
        """;

    public static string Markets(string market) => $"{{\"markets\":{{\"ETH-USD\":{market}}}}}";

    public static string Time(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Trade(string id, DateTimeOffset at) =>
        $$"""
        {"id":"{{id}}","side":"BUY","size":"1","price":"2","type":"LIMIT","createdAt":"{{Time(at)}}"}
        """;

    public static DydxAddress Address => Samples.Bob;

    public static IndexerAccount Account { get; } = IndexerAccount.Of(DydxSubaccount.Of(Address, 0).Value());

    public static IndexerAccount Parent { get; } = IndexerAccount.Parent(Address, 0).Value();
}
