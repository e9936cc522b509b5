using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Tests.Margin.Preview;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Display;

[Trait("Req", "MAR-8")]
public sealed class PreviewTableTests
{
    private static readonly PositionKey Long = PositionKey.LongOf(Previews.Btc);
    private static readonly PositionKey Short = PositionKey.ShortOf(Previews.Btc);

    /// <summary>Liquidated below 97,024.793... and above 426,819,200.</summary>
    private static readonly TieredAccount Hedged = Previews.Account(
        4_806.25m, [Previews.Setting(Previews.Btc, 100_000m, 20m)],
        new HeldPosition(Long, 0.625m, 101_562.5m), new HeldPosition(Short, -0.46875m, 93_750m));

    [Fact]
    public void Both_legs_of_a_hedge_show_their_one_price_rounded_toward_the_price_now()
    {
        var preview = Previews.Of(Hedged);

        Assert.Equal("$97,024.80", Row(preview, Long).Before);
        Assert.Equal("$97,024.80", Row(preview, Short).Before);
    }

    [Fact]
    public void Both_legs_of_a_hedge_show_the_same_change_of_it()
    {
        // 1 / 0.15125 = 6.611570...
        var preview = Previews.Of(Hedged, new AccountChange.Deposit(1m));

        Assert.Equal("-$6.61", Row(preview, Long).Change);
        Assert.Equal("-$6.61", Row(preview, Short).Change);
    }

    [Fact]
    public void From_the_lower_end_of_a_hedge_to_the_upper_there_is_no_change_in_numbers()
    {
        var preview = Previews.Of(Hedged, new AccountChange.PriceTo(Previews.Btc, 300_000_000m));

        foreach (var delta in preview.Delta.Positions) Assert.Null(delta.LiquidationPrice);
        Assert.Equal(
            ("$97,024.80", "$426,819,200.00", "--"),
            (Row(preview, Short).Before, Row(preview, Short).After, Row(preview, Short).Change));
    }

    [Fact]
    public void From_a_long_to_a_short_there_is_no_change_in_numbers()
    {
        var preview = Previews.Of(Previews.BtcAccount(20_000m, 2m), Previews.Sell(3m, 50_000m));
        var delta = Assert.Single(preview.Delta.Positions);

        Assert.NotNull(delta.Before!.LiquidationPrice);
        Assert.NotNull(delta.After!.LiquidationPrice);
        Assert.Null(delta.LiquidationPrice);
    }

    private static PreviewRow Row(MarginPreview preview, PositionKey key) => Assert.Single(
        PreviewTable.Of(preview).Rows,
        row => row.What is "liquidation price"
            && string.Equals(row.Of, key.ToString(), StringComparison.Ordinal));
}
