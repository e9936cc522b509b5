using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Perpkeel.Testing.Indexers;
using Perpkeel.Venues.Dydx.Indexer.Accounts;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Rest;
using Perpkeel.Venues.Dydx.Indexer.Stream;
using Perpkeel.Venues.Dydx.Nodes;
using Perpkeel.Venues.Dydx.Orders;
using Perpkeel.Venues.Dydx.Tests.Indexer.Stream;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Accounts;

[Trait("Req", "VEN-1")]
[Trait("Req", "RX-1")]
public sealed class AccountFeedTests
{
    private readonly AccountSubscription _account = new(Sample.Account, isBatched: false);
    private readonly ScriptedIndexer _rest = new();

    private static string PictureText =>
        $$"""{"subaccount":{{Sample.Subaccount}},"orders":[{{Sample.Order}}],"blockHeight":"70000001"}""";

    [Fact]
    public void A_picture_is_the_account_and_changes_replace_what_they_name()
    {
        Picture(PictureText);
        Change(OwnMessages.AccountChange);

        var held = _account.Now.Held[0];
        Assert.Equal((6000.4m, -3m), (held.Usdc, held.Positions["ETH-USD"].Size));
        Assert.Equal(70_000_002U, _account.Now.Height);
        Assert.Equal(6000.4m - (3m * 2500m), held.Equity(_ => 2500m));
        Assert.Null(held.Equity(_ => null));
        Assert.Equal(
            ["Pictured", "Filled", "Positioned", "Funded", "Transferred", "Rewarded"],
            Read().Select(change => change.GetType().Name), StringComparer.Ordinal);
    }

    /// <summary>Spec 15, trap 6.</summary>
    [Fact]
    public void Spec_15_6_an_account_that_does_not_exist_yet_is_empty_and_no_fault()
    {
        Picture("{}");

        Assert.True(_account.Now.IsComplete);
        Assert.Empty(_account.Now.Held);
    }

    [Theory]
    [InlineData("CLOSED", "0")]
    [InlineData("LIQUIDATED", "-2")]
    [InlineData("OPEN", "0.000")]
    public void A_position_that_is_gone_is_gone(string status, string size)
    {
        Picture(PictureText);
        Change(
            $$"""
            {"perpetualPositions":[{"market":"ETH-USD","status":"{{status}}","side":"SHORT",
            "size":"{{size}}"}]}
            """);

        Assert.Empty(_account.Now.Held[0].Positions);
        Assert.Equal(0m, Read().OfType<AccountChange.Positioned>().Single().Position.Size);
    }

    [Fact]
    public void What_is_told_of_another_subaccount_is_passed_over_and_counted()
    {
        Picture(PictureText);
        Change(
            """
            {"perpetualPositions":[{"market":"ETH-USD","status":"OPEN","side":"LONG","size":"9",
            "subaccountNumber":7}],"assetPositions":[{"symbol":"USDC","side":"LONG","size":"1","assetId":"0",
            "subaccountNumber":128}]}
            """);

        Assert.Equal(-2m, _account.Now.Held[0].Positions["ETH-USD"].Size);
        Assert.Equal(2, _account.Now.Foreign);
    }

    [Fact]
    public void Spec_4_a_parent_has_its_children_and_the_message_says_which()
    {
        var parent = new AccountSubscription(Sample.Parent, isBatched: false);
        Picture(
            $$"""
            {"subaccount":{"address":"a","parentSubaccountNumber":0,"equity":"1","freeCollateral":"1",
            "childSubaccounts":[{{Sample.Subaccount}}]},"orders":[],"blockHeight":"1"}
            """,
            parent);
        Change(
            """{"assetPositions":[{"symbol":"USDC","side":"SHORT","size":"5","assetId":"0"}]}""", parent,
            256);

        Assert.Equal((11000.9m, -5m), (parent.Now.Held[0].Usdc, parent.Now.Held[256].Usdc));
    }

    [Fact]
    public void The_same_fill_from_stream_and_rest_is_one_and_its_fee_comes_later()
    {
        _rest.Tell("/v4/fills", $$"""{"fills":[{{Sample.Fill}}]}""");
        Empty("/v4/transfers", "transfers");
        Empty("/v4/fundingPayments", "fundingPayments");
        _rest.Tell("/v4/orders", "[]");
        Picture("{}");
        var free = Sample.Fill.Replace("\"fee\":\"0.625\",", "", StringComparison.Ordinal);
        Change($$"""{"fills":[{{free}}]}""");

        Reconcile();
        Reconcile();
        Change($$"""{"fills":[{{Sample.Fill}}]}""");

        var changes = Read().Skip(1).ToList();
        Assert.Null(Assert.IsType<AccountChange.Filled>(changes[0]).Fill.Fee);
        Assert.Equal(0.625m, Assert.IsType<AccountChange.FeeTold>(changes[1]).Fill.Fee);
        Assert.Equal(2, changes.Count);
    }

    [Fact]
    public void What_happened_while_nobody_listened_comes_from_rest_once()
    {
        var other = Sample.Fill.Replace("000000000001", "000000000002", StringComparison.Ordinal);
        _rest.Tell("/v4/fills", $$"""{"fills":[{{other}},{{Sample.Fill}}]}""");
        _rest.Tell(
            "/v4/transfers",
            """
            {"transfers":[{"id":"t","sender":{"address":"w"},"recipient":{"address":"a","subaccountNumber":0},
            "size":"10","symbol":"USDC","type":"DEPOSIT","createdAt":"2026-01-02T03:04:05.678Z",
            "createdAtHeight":"5","transactionHash":"AB"}]}
            """);
        _rest.Tell(
            "/v4/fundingPayments",
            """
            {"fundingPayments":[{"createdAt":"2026-01-02T03:04:05.678Z","createdAtHeight":"5",
            "perpetualId":"1","ticker":"ETH-USD","oraclePrice":"2500","size":"-2","side":"SHORT",
            "rate":"0.0000125","payment":"0.0625","subaccountNumber":0,"fundingIndex":"1"}]}
            """);
        _rest.Tell("/v4/orders", $"[{Sample.Order.Replace("OPEN", "FILLED", StringComparison.Ordinal)}]");
        Change($$"""{"fills":[{{Sample.Fill}}]}""");

        Reconcile();
        Reconcile();

        Assert.Equal(
            ["Filled", "Filled", "Transferred", "FundingPaid", "Ordered"],
            Read().Select(change => change.GetType().Name), StringComparer.Ordinal);
    }

    [Fact]
    public void An_account_that_was_never_used_is_no_failure_and_an_indexer_that_is_down_is()
    {
        Assert.Null(Reconcile());
        for (var i = 0; i < 3; i++) _rest.Next(ScriptedIndexer.Reply(503, "{}"));

        Assert.Equal("indexer-down", Reconcile()!.Code);
    }

    /// <summary>Two and a half thousand fills while nobody listened, a second apart.</summary>
    [Fact]
    public void After_each_picture_rest_is_asked_back_to_what_it_told_last() => VirtualTime.Run(async clock =>
    {
        var count = 5;
        _rest.Tell("/v4/fills", uri =>
        {
            var before = uri.Query.Split("createdBeforeOrAt=") is [_, var text]
                ? DateTimeOffset.Parse(Uri.UnescapeDataString(text), CultureInfo.InvariantCulture)
                : DateTimeOffset.MaxValue;
            var rows = Enumerable.Range(0, count).Select(i => count - i)
                .Where(i => VirtualTime.Start.AddSeconds(i) <= before).Take(1_000).Select(Fill);
            return $$"""{"fills":[{{string.Join(',', rows)}}]}""";
        });
        Empty("/v4/transfers", "transfers");
        Empty("/v4/fundingPayments", "fundingPayments");
        _rest.Tell("/v4/orders", "[]");
        var client = new IndexerClient(IndexerSettings.Local, _rest, clock);
        using var stop = new CancellationTokenSource();
        var running = new AccountFeed(client, _account, clock).RunAsync(TimeSpan.FromHours(1), stop.Token);

        await Task.Delay(TimeSpan.FromSeconds(5), clock);
        Assert.Empty(_rest.Asked);
        Picture(PictureText);
        await Task.Delay(TimeSpan.FromSeconds(5), clock);
        Assert.Equal(5, _account.Now.Fills.Count);
        count = 2_505;
        Picture(PictureText);
        await Task.Delay(TimeSpan.FromSeconds(5), clock);

        Cancelled.Stop(stop);
        await Cancelled.AwaitAsync(running);
        var told = Read().OfType<AccountChange.Filled>().Select(one => one.Fill.Id).ToList();
        Assert.Equal((2_505, 2_505), (told.Count, told.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(4, _rest.Asked.Count(asked => asked.StartsWith("/v4/fills", StringComparison.Ordinal)));
    });

    private static string Fill(int i) => Sample.Fill
        .Replace("000000000001", i.ToString("d12", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(
            "2026-01-02T03:04:05.678Z", Sample.Time(VirtualTime.Start.AddSeconds(i)),
            StringComparison.Ordinal);

    [Fact]
    public void A_reader_that_is_too_slow_gets_a_whole_picture_and_no_half_story()
    {
        Picture(PictureText);
        for (var i = 0; i < AccountSubscription.MostWaiting + 5; i++)
        {
            Change($$"""{"assetPositions":[{"symbol":"USDC","side":"LONG","size":"{{i}}","assetId":"0"}]}""");
        }

        Assert.Null(_account.Slow);
        Assert.Equal(AccountSubscription.MostWaiting, Read().Count);
        Assert.Equal("stream-overflow", _account.Slow!.Code);
        Change("""{"assetPositions":[{"symbol":"USDC","side":"LONG","size":"1","assetId":"0"}]}""");
        Assert.Empty(Read());

        Picture(PictureText);
        Assert.IsType<AccountChange.Pictured>(Assert.Single(Read()));
        Assert.Null(_account.Slow);
    }

    [Fact]
    public void An_indexer_that_falls_behind_is_seen_to()
    {
        Picture(PictureText);
        Change("""{"blockHeight":"70000009"}""");
        Assert.False(_account.Now.IsBehind);

        Picture(PictureText);

        Assert.True(_account.Now.IsBehind);
        Assert.Equal(70_000_009U, _account.Now.HighestHeight);
    }

    /// <summary>Spec 15, trap 13.</summary>
    [Fact]
    public void Spec_15_13_an_order_that_a_node_dropped_is_over_when_its_block_is_past()
    {
        Picture(PictureText);
        Change($$"""{"orders":[{{Status("BEST_EFFORT_CANCELED")}}]}""");
        Assert.False(Read().OfType<AccountChange.Ordered>().Single().IsOver);

        _account.Block(70_000_012);
        Assert.Empty(Read());
        Assert.Single(_account.Now.OpenOrders);
        _account.Block(70_000_013);

        Assert.True(Read().OfType<AccountChange.Ordered>().Single().IsOver);
        Assert.Empty(_account.Now.OpenOrders);
    }

    [Fact]
    public void An_order_that_the_picture_has_no_more_is_open_no_more()
    {
        Picture(PictureText);
        Picture($$"""{"subaccount":{{Sample.Subaccount}},"orders":[],"blockHeight":"70000002"}""");

        Assert.Empty(_account.Now.OpenOrders);
    }

    [Fact]
    public void The_node_is_a_second_witness_of_positions()
    {
        Picture(PictureText);
        ImmutableArray<PerpetualFacts> known =
        [
            new(1, "ETH-USD", 1, -9, 0, IsIsolated: false, 0, 0),
            new(0, "BTC-USD", 0, -10, 0, IsIsolated: false, 0, 0),
        ];
        var id = DydxSubaccount.Of(Sample.Address, 0).Value();
        SubaccountFacts Node(params PositionFacts[] positions) => new(id, 11_000_900_000, [.. positions]);

        Assert.Empty(AccountWitness.Differences(_account.Now.Held[0], Node(Held(1, -2_000_000_000)), known));
        var wrong = AccountWitness.Differences(
            _account.Now.Held[0], Node(Held(1, -1_500_000_000), Held(0, 10_000_000_000)), known);
        Assert.Equal(
            ["ETH-USD: Indexer -2, node -1.5", "BTC-USD: Indexer 0, node 1"],
            wrong.Select(one => one.ToString()), StringComparer.Ordinal);
        Assert.Equal(
            ["ETH-USD: Indexer -2, node 0"],
            AccountWitness.Differences(_account.Now.Held[0], Node(), known).Select(one => one.ToString()),
            StringComparer.Ordinal);
        Assert.Equal(
            ["USDC: Indexer 0, node 11000.9"],
            AccountWitness.Differences(new HeldState(), Node(), known).Select(one => one.ToString()),
            StringComparer.Ordinal);
    }

    private static PositionFacts Held(uint perpetual, BigInteger quantums) => new(perpetual, quantums, 0, 0);

    private static string Status(string status) =>
        Sample.Order.Replace("OPEN", status, StringComparison.Ordinal);

    private static void Take(string contents, Func<Utf8JsonReader, FieldFault?> take)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(contents));
        reader.Read();
        Assert.Null(take(reader));
    }

    private void Picture(string contents, AccountSubscription? account = null) =>
        Take(contents, reader => (account ?? _account).Snapshot(
            ref reader, new Stamp(1, 1, VirtualTime.Start, null)));

    private void Change(string contents, AccountSubscription? account = null, uint? child = null) =>
        Take(contents, reader => (account ?? _account).Update(
            ref reader, new Stamp(1, 1, VirtualTime.Start, child)));

    private void Empty(string path, string name) => _rest.Tell(path, $$"""{"{{name}}":[]}""");

    private IndexerError? Reconcile()
    {
        IndexerError? error = null;
        VirtualTime.Run(async clock => error = await new AccountFeed(
            new IndexerClient(IndexerSettings.Local, _rest, clock), _account, clock)
            .ReconcileAsync(TestContext.Current.CancellationToken));
        return error;
    }

    private List<AccountChange> Read()
    {
        var all = new List<AccountChange>();
        while (_account.Changes.TryRead(out var one)) all.Add(one);
        return all;
    }
}
