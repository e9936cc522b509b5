using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Preview;

[Trait("Req", "MAR-8")]
public sealed class PreviewExampleTests
{
    [Fact]
    public void Two_hundred_thousand_become_three_hundred_thousand()
    {
        var preview = Previews.Of(Previews.BtcAccount(20_000m, 4m), Previews.Buy(2m, 50_000m));

        var delta = Assert.Single(preview.Delta.Positions);
        Assert.Equal((200_000m, 300_000m), (delta.Before!.Margin.Notional, delta.After!.Margin.Notional));
        Assert.Equal((2, 3), (delta.Before.Margin.Tier, delta.After.Margin.Tier));
        Assert.Equal((950m, 1_700m, 750m), (
            delta.Before.Margin.Maintenance, delta.After.Margin.Maintenance, delta.Maintenance));
        Assert.Equal((10_000m, 15_000m, 5_000m), (
            delta.Before.Margin.Initial, delta.After.Margin.Initial, delta.Initial));
        Assert.Equal((10_000m, 5_000m), (preview.Before.Available, preview.After.Available));

        // Long: (cost - wallet - amount) / (size x (1 - rate)).
        Assert.Equal((200_000m - 20_000m - 50m) / (4m * 0.995m), delta.Before.LiquidationPrice);
        Assert.Equal((300_000m - 20_000m - 1_300m) / (6m * 0.99m), delta.After.LiquidationPrice);
        Assert.True(preview.IsAllowed);
        Golden.Matches("preview-200k-300k.txt", PreviewTable.Of(preview).Lines());
    }

    [Fact]
    public void What_is_refused_is_shown_with_its_mend()
    {
        var account = Previews.Account(
            20_000m,
            [
                Previews.Setting(Previews.Btc, 50_000m, 20m),
                Previews.Setting(Previews.Eth, 2_000m, 25m, MarginMode.Isolated),
            ],
            new(Previews.BtcNet, 4m, 50_000m), new(Previews.EthNet, -10m, 2_100m, 840m));

        var preview = Previews.Of(
            account,
            new AccountChange.PriceBy(null, -0.05m),
            Previews.Buy(2m, 47_600m) with { Fee = 47.6m },
            Previews.Buy(10m, 1_900m, Previews.EthNet) with { IsReduceOnly = true },
            new AccountChange.Withdrawal(1_000m));

        Golden.Matches("preview-refused.txt", PreviewTable.Of(preview).Lines());
    }
}
