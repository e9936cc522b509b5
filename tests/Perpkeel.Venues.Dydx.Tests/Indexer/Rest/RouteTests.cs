using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing.Indexers;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Rest;

/// <summary>
/// Every question of chapter 2 of the Indexer's description, as it leaves and as it is read.
/// </summary>
[Trait("Req", "VEN-1")]
public sealed class RouteTests
{
    private const string A = "dydx10fx7sy6ywd5senxae9dwytf8jxek3t2gcen2vs";
    private const string Own = $"?address={A}&subaccountNumber=0";
    private const string Parent = $"?address={A}&parentSubaccountNumber=0";
    private const string At = "\"createdAt\":\"2026-01-02T03:04:05.678Z\",\"createdAtHeight\":\"5\"";

    private static readonly MarketId Eth = new("ETH-USD");

    private readonly ScriptedIndexer _indexer = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Spec_2_questions_about_markets()
    {
        Expect("/v4/time", """{"iso":"2026-01-02T03:04:05.678Z","epoch":1767323045.678}""",
            c => c.Markets.TimeAsync(Stop), time => Assert.Equal(1767323045.678m, time.Epoch));
        Expect("/v4/height", """{"height":"7","time":"2026-01-02T03:04:05.678Z"}""",
            c => c.Markets.HeightAsync(Stop), height => Assert.Equal(7U, height.Height));
        Expect("/v4/orderbooks/perpetualMarket/ETH-USD",
            """{"bids":[{"price":"2500.1","size":"3.5"}],"asks":[]}""",
            c => c.Markets.BookAsync(Eth, Stop),
            book => Assert.Equal(new BookLine(2500.1m, 3.5m), Assert.Single(book.Bids)));
        Expect("/v4/candles/perpetualMarkets/ETH-USD?resolution=5MINS"
            + "&fromISO=2026-01-02T03%3A04%3A05.000Z&limit=9",
            """
            {"candles":[{"startedAt":"2026-01-02T03:00:00.000Z","ticker":"ETH-USD","resolution":"5MINS",
            "low":"1","high":"4","open":"2","close":"3","baseTokenVolume":"1","usdVolume":"2","trades":9,
            "startingOpenInterest":"5","orderbookMidPriceOpen":null,"id":"x"}]}
            """,
            c => c.Markets.CandlesAsync(Eth, CandleResolution.FiveMinutes, VirtualTime.Start, null, 9, Stop),
            candles => Assert.Equal(4m, Assert.Single(candles).High));
        Expect("/v4/historicalFunding/ETH-USD?limit=3",
            """
            {"historicalFunding":[{"ticker":"ETH-USD","rate":"-0.0000125","price":"2500",
            "effectiveAt":"2026-01-02T03:00:00.000Z","effectiveAtHeight":"6"}]}
            """,
            c => c.Markets.FundingAsync(Eth, 3, null, Stop),
            hours => Assert.Equal(-0.0000125m, Assert.Single(hours).Rate));
        Expect("/v4/sparklines?timePeriod=SEVEN_DAYS", """{"ETH-USD":["2500.1","2400"],"BTC-USD":[]}""",
            c => c.Markets.SparklinesAsync(SparklinePeriod.SevenDays, Stop),
            lines => Assert.Equal([2500.1m, 2400m], lines[0].Closes));
    }

    /// <summary>Spec 15, traps 7 and 8.</summary>
    [Fact]
    public void Spec_2_questions_about_what_an_account_holds()
    {
        Expect($"/v4/addresses/{A}",
            $$"""{"subaccounts":[{{Sample.Subaccount}}],"totalTradingRewards":"2.5"}""",
            c => c.Accounts.AddressAsync(Sample.Address, Stop), all => Assert.Single(all.Subaccounts));
        Expect($"/v4/addresses/{A}/subaccountNumber/0", $$"""{"subaccount":{{Sample.Subaccount}} }""",
            c => c.Accounts.SubaccountAsync(Sample.Address, 0, Stop),
            one =>
            {
                Assert.Equal(-2m, Assert.Single(one.OpenPositions).Size);
                Assert.Equal(11000.9m, Assert.Single(one.Assets).SignedSize);
            });
        Expect($"/v4/addresses/{A}/parentSubaccountNumber/0",
            $$"""
            {"subaccount":{"address":"x","parentSubaccountNumber":0,"equity":"1","freeCollateral":"1",
            "childSubaccounts":[{{Sample.Subaccount}}]} }
            """,
            c => c.Accounts.ParentAsync(Sample.Address, 0, Stop), one => Assert.Single(one.Children));
        Expect($"/v4/perpetualPositions{Own}&status=OPEN%2CCLOSED",
            """{"positions":[]}""",
            c => c.Accounts.PositionsAsync(
                Sample.Account, [PositionStatus.Open, PositionStatus.Closed], null, Stop),
            positions => Assert.Empty(positions));
        Expect($"/v4/assetPositions/parentSubaccountNumber{Parent}",
            """{"positions":[{"symbol":"USDC","side":"SHORT","size":"5","assetId":"0"}]}""",
            c => c.Accounts.AssetsAsync(Sample.Parent, Stop),
            assets => Assert.Equal(-5m, Assert.Single(assets).SignedSize));
    }

    [Fact]
    public void Spec_2_questions_about_what_an_account_did()
    {
        Expect($"/v4/orders/parentSubaccountNumber{Parent}&limit=5&ticker=ETH-USD&side=BUY&status=OPEN",
            $"[{Sample.Order}]",
            c => c.Accounts.OrdersAsync(
                Sample.Parent,
                new OrdersQuery
                {
                    Limit = 5,
                    Ticker = "ETH-USD",
                    Side = OrderSide.Buy,
                    Statuses = [OrderStatus.Open],
                },
                Stop),
            orders => Assert.Equal(70_000_012U, Assert.Single(orders).GoodTilBlock));
        Expect("/v4/orders/8a1c8a55-0000-5000-8000-0000000000aa", Sample.Order,
            c => c.Accounts.OrderAsync(Guid.Parse("8a1c8a55-0000-5000-8000-0000000000aa"), Stop),
            order => Assert.True(order.Status.Is(OrderStatus.Open)));
        Expect($"/v4/fills/parentSubaccountNumber{Parent}&page=2&market=ETH-USD&marketType=PERPETUAL",
            $$"""{"pageSize":1,"totalResults":2,"offset":1,"fills":[{{Sample.Fill}}]}""",
            c => c.Accounts.FillsAsync(
                Sample.Parent, new HistoryQuery { Page = 2, Ticker = "ETH-USD" }, Stop),
            fills => Assert.Equal(0.625m, Assert.Single(fills).Fee));
        Expect($"/v4/transfers{Own}&createdBeforeOrAtHeight=9",
            $$"""
            {"transfers":[{"id":"t","sender":{"address":"w"},"recipient":{"address":"x","subaccountNumber":0},
            "size":"10","symbol":"USDC","type":"DEPOSIT",{{At}},"transactionHash":"AB"}]}
            """,
            c => c.Accounts.TransfersAsync(Sample.Account, new HistoryQuery { BeforeHeight = 9 }, Stop),
            transfers => Assert.Null(Assert.Single(transfers).Sender.SubaccountNumber));
        Expect($"/v4/transfers/between?sourceAddress={A}&sourceSubaccountNumber=0&recipientAddress={A}"
            + "&recipientSubaccountNumber=0", """{"transfersSubset":[],"totalNetTransfers":"-3"}""",
            c => c.Accounts.TransfersBetweenAsync(Sample.Account, Sample.Account, Stop),
            between => Assert.Equal(-3m, between.TotalNetTransfers));
    }

    [Fact]
    public void Spec_2_questions_about_gain_funding_and_rewards()
    {
        Expect($"/v4/historical-pnl{Own}",
            """
            {"historicalPnl":[{"equity":"1","totalPnl":"2","netTransfers":"3","blockHeight":"8",
            "createdAt":"2026-01-02T03:04:05.678Z","blockTime":"2026-01-02T03:04:05.678Z"}]}
            """,
            c => c.Accounts.HistoricalPnlAsync(Sample.Account, new HistoryQuery(), Stop),
            ticks => Assert.Equal(8U, Assert.Single(ticks).Height));
        Expect($"/v4/pnl/parentSubaccountNumber{Parent}&daily=true",
            $$"""{"pnl":[{"equity":"1","totalPnl":"2","netTransfers":"3",{{At}}}]}""",
            c => c.Accounts.PnlAsync(Sample.Parent, isDaily: true, new HistoryQuery(), Stop),
            ticks => Assert.Equal(5U, Assert.Single(ticks).Height));
        Expect($"/v4/fundingPayments/parentSubaccount{Parent}&ticker=ETH-USD",
            $$"""
            {"fundingPayments":[{{{At}},"perpetualId":"1","ticker":"ETH-USD","oraclePrice":"2500","size":"-2",
            "side":"SHORT","rate":"0.0000125","payment":"0.0625","subaccountNumber":0,"fundingIndex":"1"}]}
            """,
            c => c.Accounts.FundingPaymentsAsync(Sample.Parent, "ETH-USD", null, null, null, Stop),
            payments => Assert.Equal(0.0625m, Assert.Single(payments).Payment));
        Expect($"/v4/tradeHistory{Own}",
            """
            {"tradeHistory":[{"id":"1","action":"PARTIAL_CLOSE","side":"SELL","time":"2026-01-02T03:04:05Z"}]}
            """,
            c => c.Accounts.TradeHistoryAsync(Sample.Account, null, null, Stop),
            history => Assert.True(Assert.Single(history).Action.Is(TradeHistoryAction.PartialClose)));
        Expect($"/v4/historicalBlockTradingRewards/{A}",
            $$"""{"rewards":[{"tradingReward":"0.000406735266535702",{{At}}}]}""",
            c => c.Accounts.RewardsAsync(Sample.Address, null, Stop),
            rewards => Assert.Equal(0.000406735266535702m, Assert.Single(rewards).Amount));
        Expect($"/v4/historicalTradingRewardAggregations/{A}?period=WEEKLY",
            """{"rewards":[{"tradingReward":"1","startedAt":"2026-01-02T03:04:05Z","period":"WEEKLY"}]}""",
            c => c.Accounts.RewardSumsAsync(Sample.Address, RewardPeriod.Weekly, null, Stop),
            rewards => Assert.Null(Assert.Single(rewards).EndedAt));
        Expect($"/v4/compliance/screen/{A}", """{"status":"BLOCKED","reason":"US_GEO"}""",
            c => c.Accounts.ComplianceAsync(Sample.Address, Stop),
            state => Assert.True(state.Status.Is(ComplianceStatus.Blocked)));
        Expect($"/v4/screen?address={A}", """{"restricted":false}""",
            c => c.Accounts.ScreenAsync(Sample.Address, Stop), screen => Assert.False(screen.IsRestricted));
    }

    private void Expect<T>(
        string asked, string answer, Func<IndexerClient, Task<Result<T, IndexerError>>> ask, Action<T> check)
        where T : notnull
    {
        _indexer.Next(ScriptedIndexer.Reply(200, answer));

        var value = VirtualTime.Run(clock => ask(new IndexerClient(IndexerSettings.Local, _indexer, clock)))
            .Value();

        Assert.Equal(asked, _indexer.Asked[^1]);
        check(value);
    }
}
