using System.Globalization;
using Perpkeel.Venues.Dydx.Indexer.Accounts;
using Perpkeel.Venues.Dydx.Indexer.Reading;
using Perpkeel.Venues.Dydx.Indexer.Records;
using Xunit;

namespace Perpkeel.Venues.Dydx.Tests.Indexer.Accounts;

[Trait("Req", "VEN-1")]
public sealed class OrderMergeTests
{
    /// <summary>known + told = expected: status, filled, last block, height of the update.</summary>
    [Theory]
    [InlineData("BEST_EFFORT_OPENED 0 20 -", "OPEN 0 20 5", "OPEN 0 20 5")]
    [InlineData("OPEN 0.1 20 5", "BEST_EFFORT_OPENED 0 20 -", "OPEN 0.1 20 5")]
    [InlineData("OPEN 0.1 20 5", "FILLED 0.5 20 6", "FILLED 0.5 20 6")]
    [InlineData("FILLED 0.5 20 6", "OPEN 0.1 20 5", "FILLED 0.5 20 6")]
    [InlineData("BEST_EFFORT_CANCELED 0 20 -", "FILLED 0.5 20 6", "FILLED 0.5 20 6")]
    [InlineData("BEST_EFFORT_CANCELED 0 20 -", "OPEN 0.2 20 -", "BEST_EFFORT_CANCELED 0.2 20 -")]
    [InlineData("CANCELED 0.2 20 6", "BEST_EFFORT_CANCELED 0 20 -", "CANCELED 0.2 20 6")]
    [InlineData("BEST_EFFORT_CANCELED 0 20 -", "BEST_EFFORT_OPENED 0 31 -", "BEST_EFFORT_OPENED 0 31 -")]
    [InlineData("BEST_EFFORT_OPENED 0 31 -", "BEST_EFFORT_CANCELED 0.1 20 -", "BEST_EFFORT_OPENED 0.1 31 -")]
    [InlineData("UNTRIGGERED 0 - 4", "OPEN 0 - 6", "OPEN 0 - 6")]
    [InlineData("OPEN 0 - 6", "UNTRIGGERED 0 - 4", "OPEN 0 - 6")]
    [InlineData("OPEN 0 20 5", "HALF_ASLEEP 0 20 6", "HALF_ASLEEP 0 20 6")]
    public void Tellings_in_any_order_end_in_what_is_true(string known, string told, string expected)
    {
        var merged = OrderMerge.Merge(Order(known), Order(told));

        Assert.Equal(expected, string.Create(
            CultureInfo.InvariantCulture,
            $"{merged.Status} {merged.TotalFilled} {Text(merged.GoodTilBlock)} "
            + $"{Text(merged.UpdatedAtHeight)}"));
    }

    [Fact]
    public void What_a_telling_leaves_out_stays()
    {
        var known = Order("OPEN 0 20 5") with { Ticker = "ETH-USD", Price = 2500m, ClientId = 4711 };
        var told = Order("FILLED 0.5 20 6") with { RemovalReason = new(RemovalReason.FullyFilled) };

        var merged = OrderMerge.Merge(known, told);

        Assert.Equal(("ETH-USD", 2500m, 4711U), (merged.Ticker, merged.Price, merged.ClientId));
        Assert.True(merged.RemovalReason!.Value.Is(RemovalReason.FullyFilled));
    }

    private static string Text(uint? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static IndexerOrder Order(string text)
    {
        var parts = text.Split(' ');
        uint? Number(string part) =>
            uint.TryParse(part, CultureInfo.InvariantCulture, out var value) ? value : null;
        return new IndexerOrder
        {
            Id = "a",
            Status = new Named<OrderStatus>(parts[0]),
            TotalFilled = decimal.Parse(parts[1], CultureInfo.InvariantCulture),
            GoodTilBlock = Number(parts[2]),
            UpdatedAtHeight = Number(parts[3]),
        };
    }
}
