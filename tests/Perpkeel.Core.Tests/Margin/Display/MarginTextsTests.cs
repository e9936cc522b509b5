using Perpkeel.Core.Margin.Display;
using Perpkeel.Core.Margin.Tiered;
using Perpkeel.Core.Margin.Tiers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Display;

[Trait("Req", "MAR-8")]
public sealed class MarginTextsTests
{
    private static readonly MarginFormat Dollar = new("USDT");

    [Fact]
    public void Every_figure_is_explained_with_the_positions_numbers()
    {
        var table = ClassicTiers.Btc.Table;
        var isolated = ClassicTiers.Position(
            208m, 50_000m, 50_000m, 10m, MarginCollateral.Isolated(1_040_000m));
        var cross = ClassicTiers.Position(
            -4m, 50_000m, 55_000m, 20m, MarginCollateral.Cross(30_000m, 1_234.567m, -2_000.001m));
        var beyond = ClassicTiers.Position(
            12_000m, 50_000m, 50_000m, 1m, MarginCollateral.Isolated(600_000_000m));
        var gone = ClassicTiers.Position(-0.5m, 50_000m, 90_000m, 20m, MarginCollateral.Isolated(1_250m));

        Golden.Matches("margin-texts.txt", [
            .. Lines("Isolated long of 208 at 50,000", table, isolated, Dollar),
            .. Lines("Cross short of 4 beside others", table, cross, Dollar),
            .. Lines("Beyond the last cap", table, beyond, Dollar),
            .. Lines("A short whose balance is gone", table, gone, Dollar),
            .. Lines(
                "Quoted in BTC", ClassicTiers.EthBtc.Table,
                ClassicTiers.Position(100m, 0.05m, 0.05123m, 20m, MarginCollateral.Isolated(0.25m)),
                new MarginFormat("BTC")),
        ]);
    }

    [Fact]
    public void A_short_with_nothing_behind_it_has_no_price()
    {
        var position = ClassicTiers.Position(-1m, 50_000m, 50_000m, 1m, MarginCollateral.Isolated(-60_000m));

        var texts = MarginTexts.Of(ClassicTiers.Btc.Table, position, Dollar);

        Assert.StartsWith(
            "There is none: what backs this short", texts.LiquidationPrice, StringComparison.Ordinal);
        Assert.EndsWith("gone at every price.", texts.BankruptcyPrice, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(
        string title, TierTable table, MarginPosition position, MarginFormat format)
    {
        var texts = MarginTexts.Of(table, position, format);
        return
        [
            title,
            $"  tier: {texts.Tier}",
            $"  rate: {texts.Rate}",
            $"  amount: {texts.Amount}",
            $"  maintenance: {texts.Maintenance}",
            $"  initial: {texts.Initial}",
            $"  ratio: {texts.Ratio}",
            $"  liquidation price: {texts.LiquidationPrice}",
            $"  bankruptcy price: {texts.BankruptcyPrice}",
            $"  next tier: {texts.NextTier}",
            $"  beyond last cap: {texts.BeyondLastCap ?? "(nothing)"}",
        ];
    }
}
