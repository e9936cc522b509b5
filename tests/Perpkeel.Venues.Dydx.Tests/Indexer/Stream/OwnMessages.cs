using System.Collections.Immutable;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Stream;

/// <summary>One message of each kind, of our own making.</summary>
internal static class OwnMessages
{
    public static string Candle { get; } =
        """
        {"resolution":"1MIN","startedAt":"2026-01-02T03:04:00.000Z","ticker":"ETH-USD","low":"2499",
        "high":"2501","open":"2500","close":"2500.2","baseTokenVolume":"7.1","trades":9,
        "usdVolume":"17750.6","startingOpenInterest":"9001.5"}
        """;

    public static string AccountChange { get; } =
        $$"""
        {"blockHeight":"70000002","perpetualPositions":[{"address":"a","subaccountNumber":0,
        "positionId":"0b0e","market":"ETH-USD","side":"SHORT","status":"OPEN","size":"-3","maxSize":"-3",
        "netFunding":"0.1","entryPrice":"2500.2","sumOpen":"3","sumClose":"0"}],
        "assetPositions":[{"address":"a","subaccountNumber":0,"positionId":"0a01","assetId":"0",
        "symbol":"USDC","side":"LONG","size":"6000.4"}],"orders":[{{Sample.Order}}],"fills":[{{Sample.Fill}}],
        "transfers":{"sender":{"address":"w"},"recipient":{"address":"a","subaccountNumber":0},"size":"10",
        "symbol":"USDC","type":"DEPOSIT","createdAt":"2026-01-02T03:04:05.678Z","createdAtHeight":"5",
        "transactionHash":"AB"},"tradingReward":{"tradingReward":"0.0004",
        "createdAt":"2026-01-02T03:04:05.678Z","createdAtHeight":"5"} }
        """;

    public static ImmutableArray<string> All { get; } =
    [
        """{"type":"connected","connection_id":"5f0c","message_id":0}""",
        """{"type":"unsubscribed","message_id":7,"channel":"v4_trades","id":"ETH-USD"}""",
        """
        {"type":"error","message":"Invalid id: X","connection_id":"5f0c","message_id":3,
        "channel":"v4_trades","id":"ETH-USD"}
        """,
        Of("subscribed", 1, "v4_orderbook", "ETH-USD",
            """{"bids":[{"price":"2500.1","size":"3.5"}],"asks":[{"price":"2500.3","size":"1.25"}]}"""),
        Of("channel_data", 2, "v4_orderbook", "ETH-USD", """{"bids":[["2500.1","0"]]}"""),
        Of("channel_batch_data", 3, "v4_orderbook", "ETH-USD",
            """[{"bids":[["2500.1","0"]]},{"asks":[["2500.2","0.8","17"]]}]"""),
        Of("subscribed", 4, "v4_trades", "ETH-USD",
            $$"""{"trades":[{{Sample.Trade("0a", VirtualTime.Start)}}]}"""),
        Of("channel_data", 5, "v4_trades", "ETH-USD",
            """
            {"trades":[{"id":"014206cf0000000200000002","size":"0.01","price":"2340.7442700369913687",
            "side":"SELL","createdAt":"2026-01-02T03:04:05.678Z","type":"DELEVERAGED"}]}
            """),
        Of("channel_data", 6, "v4_candles", "ETH-USD/1MIN", Candle),
        Of("subscribed", 7, "v4_candles", "ETH-USD/1MIN", $$"""{"candles":[{{Candle}}]}"""),
        Of("subscribed", 8, "v4_markets", null, Sample.Markets(Sample.Market)),
        Of("channel_data", 9, "v4_markets", null,
            """
            {"trading":{"ETH-USD":{"nextFundingRate":"0.0000125","openInterest":"9001.5"}},
            "oraclePrices":{"ETH-USD":{"oraclePrice":"2500.21","effectiveAt":"2026-01-02T03:04:05.678Z",
            "effectiveAtHeight":"70000001","marketId":1}}}
            """),
        Of("subscribed", 10, "v4_block_height", "v4_block_height",
            """{"height":"70000001","time":"2026-01-02T03:04:05.678Z"}"""),
        Of("channel_data", 11, "v4_block_height", "v4_block_height",
            """{"blockHeight":"70000002","time":"2026-01-02T03:04:06.678Z"}"""),
        Of("subscribed", 12, "v4_subaccounts", $"{Sample.Address}/0",
            $$"""
            {"subaccount":{{Sample.Subaccount}},"orders":[{{Sample.Order}}],"blockHeight":"70000001"}
            """),
        Of("subscribed", 13, "v4_subaccounts", $"{Sample.Address}/0", "{}"),
        Of("channel_data", 14, "v4_subaccounts", $"{Sample.Address}/0", AccountChange),
        Of("channel_batch_data", 15, "v4_parent_subaccounts", $"{Sample.Address}/0", $"[{AccountChange}]"),
    ];

    public static string Of(string type, long number, string channel, string? id, string contents)
    {
        var named = id is null ? string.Empty : $"\"id\":\"{id}\",";
        return $$"""
            {"type":"{{type}}","connection_id":"5f0c","message_id":{{number}},{{named}}
            "channel":"{{channel}}","version":"1.0.0","contents":{{contents}}}
            """;
    }
}
