using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Recorded;

/// <summary>Every recorded message is taken in, or it is said here why not.</summary>
[Trait("Req", "VEN-1")]
[Trait("Req", "RX-1")]
[Trait("Category", "Vectors")]
public sealed class RecordedTests
{
    private const string NoQuestion = "no question of ours has such an answer";

    /// <summary>A sample of 2023 in which somebody left the order's id out.</summary>
    private const string NoId = "contents.orders[0].id: is missing";

    /// <summary>A list that is of fees and not of orders; the Indexer has no such answer.</summary>
    private const string NoOrder = "[0].id: is missing";

    /// <summary>The exchange's third version named the market otherwise.</summary>
    private const string OldFunding = "historicalFunding[0].ticker: is missing";

    /// <summary>
    /// Those that are not, and why. The rest was written by hand: an exit price that is the word null, and a
    /// transfer with an amount and an asset, which the Indexer calls size and symbol.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string> Refused =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["abacus/AccountsChannelMock/v4_faucet_succeeded.json"] = NoQuestion,
            ["abacus/AccountsChannelMock/v4_subaccounts_update_5.json"] = NoId,
            ["abacus/AccountsChannelMock/v4_subaccounts_update_6.json"] = NoId,
            ["abacus/FeeDiscountsMock/call.json"] = NoOrder,
            ["abacus/FeeTiersMock/call.json"] = NoOrder,
            ["abacus/HistoricalFundingsMock/call.json"] = OldFunding,
            ["abacus/HistoricalFundingsMock/call2.json"] = OldFunding,
            ["abacus/OrderbookChannelMock/load_test_3_channel_batch_data.json"] = NoId,
            ["abacus/ParentSubaccountsChannelMock/subscribed.json"] =
                "contents.subaccount.childSubaccounts[1].openPerpetualPositions.RUNE-USD.exitPrice: "
                + "is no decimal",
            ["abacus/UserMock/call.json"] = NoQuestion,
            ["nautilus-develop-rust-adapter/http_get_transfers.json"] = "transfers[0].size: is missing",
        };

    [Fact]
    public void Every_recorded_message_is_taken_in_or_known_for_what_it_is()
    {
        var names = RecordedMessages.All();
        Assert.SkipWhen(names.Count == 0, $"Fixtures: needs {RecordedMessages.Folder}.");

        var faults = names.Select(name => (name, Fault: RecordedMessages.Fault(RecordedMessages.Read(name))))
            .Where(one => one.Fault is not null).Select(one => $"{one.name} => {one.Fault}").ToList();

        Assert.Equal(
            string.Join('\n', Refused.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => $"{one.Key} => {one.Value}")),
            string.Join("\n", faults));
        Assert.Equal(148, names.Count);
    }
}
