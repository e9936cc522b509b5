using Perpkeel.Core.Accounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Accounts;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Runtime.Tests.Accounts;

[Trait("Req", "LEV-2")]
public sealed class LeverageCalculatorTests : IDisposable
{
    private readonly AccountScene _scene = new();

    private ScriptedReads Reads => _scene.Reads;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Without_positions_all_of_our_own_limit_is_left()
    {
        Reads.Has(AccountScene.Anna, ScriptedReads.Cross(10_000m));

        var leverage = _scene.Now(Get()).Value();

        Assert.Equal(LeverageInfo.Of(default, new Leverage(10m), AccountScene.Noon), leverage);
        Assert.Equal((0m, 10m), (leverage.Current.Value, leverage.Available));
        Assert.Equal(MarginHealth.Healthy, leverage.WorstHealth);
    }

    [Fact]
    [Trait("Req", "LEV-1")]
    public void Five_times_in_a_market_that_allows_twenty_leaves_five_of_our_own_ten()
    {
        var leverage = Of(ScriptedReads.Cross(
            12_000m, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m)));

        Assert.Equal((10m, 5m, 5m), (leverage.Max.Value, leverage.Current.Value, leverage.Available));
        Assert.Equal((0.2m, 0.03m), (leverage.MarginRatio, leverage.MaintenanceMarginRatio));
        Assert.Equal(AccountScene.Noon, leverage.AsOf);
    }

    [Fact]
    public void Where_the_venue_allows_less_than_we_do_its_word_counts()
    {
        var leverage = Of(ScriptedReads.Cross(
            12_000m, ScriptedReads.Position(SampleMarkets.Btc, -1m, 60_000m, 0.15m)));

        Assert.Equal(1m / 0.15m, leverage.Max.Value, 20);
        Assert.Equal(5m, leverage.Current.Value);
    }

    [Fact]
    public void Many_positions_count_together_longs_and_shorts_alike()
    {
        // 60,000 at 5 %, 40,000 short at 5 % and 20,000 at 10 %: 7,000 of 120,000.
        var leverage = Of(ScriptedReads.Cross(
            30_000m,
            ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m),
            ScriptedReads.Position(SampleMarkets.Eth, -20m, 2_000m),
            ScriptedReads.Position(SampleMarkets.Sol, 200m, 100m)));

        Assert.Equal((10m, 4m), (leverage.Max.Value, leverage.Current.Value));
        Assert.Equal((0.25m, 0.035m), (leverage.MarginRatio, leverage.MaintenanceMarginRatio));
        Assert.Empty(leverage.Isolated);
    }

    [Theory]
    [InlineData(6_000, "0", MarginHealth.Healthy)]
    [InlineData(5_000, "-2", MarginHealth.Healthy)]
    [InlineData(3_000, "-10", MarginHealth.Warning)]
    [InlineData(2_000, "-20", MarginHealth.Danger)]
    [InlineData(1_000, "-50", MarginHealth.Liquidatable)]
    public void Beyond_the_limit_what_is_available_is_negative(
        int equity, string available, MarginHealth health)
    {
        var leverage = Of(ScriptedReads.Cross(
            equity, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m)));

        Assert.Equal(
            decimal.Parse(available, System.Globalization.CultureInfo.InvariantCulture), leverage.Available);
        Assert.Equal(health, leverage.Health);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1_000)]
    public void Positions_without_equity_are_geared_beyond_any_limit(int equity)
    {
        var leverage = Of(ScriptedReads.Cross(
            equity, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m)));

        Assert.Equal(10m - 60_000_000_000m, leverage.Available);
        Assert.Equal(equity / 60_000m, leverage.MarginRatio);
        Assert.True(leverage.IsLiquidatable);
    }

    [Fact]
    public void Isolated_positions_have_their_own_leverage_and_leave_that_of_the_cross_ones_alone()
    {
        var cross = ScriptedReads.Cross(12_000m, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m));
        Reads.Has(
            AccountScene.Anna, cross,
            ScriptedReads.Isolated(128, 60m, ScriptedReads.Position(SampleMarkets.Eth, 1m, 2_000m)),
            ScriptedReads.Isolated(256, 500m, ScriptedReads.Position(SampleMarkets.Sol, -10m, 100m)),
            ScriptedReads.Cross(3m) with { Mode = MarginMode.Isolated, Number = 384 });

        var leverage = _scene.Now(Get()).Value();

        Assert.Equal(Of(cross), leverage with { Isolated = [] });
        Assert.Equal(
            [(SampleMarkets.Eth.Id, 2_000m / 60m), (SampleMarkets.Sol.Id, 2m)],
            leverage.Isolated.Select(each => (each.Market, each.Leverage.Current.Value)));
        Assert.Equal(
            (MarginHealth.Healthy, MarginHealth.Danger), (leverage.Health, leverage.WorstHealth));
    }

    [Fact]
    public void An_account_with_nothing_but_an_isolated_position_has_all_of_its_cross_leverage()
    {
        var leverage = Of(ScriptedReads.Isolated(
            0, 500m, ScriptedReads.Position(SampleMarkets.Sol, -10m, 100m)));

        Assert.Equal(10m, leverage.Available);
        Assert.Equal(8m, Assert.Single(leverage.Isolated).Leverage.Available);
    }

    [Fact]
    public void Where_equal_is_liquidated_the_reading_says_so()
    {
        var pool = ScriptedReads.Cross(1_800m, ScriptedReads.Position(SampleMarkets.Btc, 1m, 60_000m));
        var chain = new AccountReading
        {
            Account = AccountScene.Anna,
            Pools = [pool],
            AsOf = AccountScene.Noon,
            Source = "test",
        };
        var limit = new Leverage(10m);

        Assert.Equal(MarginHealth.Danger, LeverageCalculator.LeverageOf(chain, limit).Health);
        Assert.Equal(
            MarginHealth.Liquidatable,
            LeverageCalculator.LeverageOf(chain with { IsLiquidatedWhenEqual = true }, limit).Health);
    }

    [Fact]
    public void It_counts_for_thirty_seconds()
    {
        _scene.Now(Get()).Value();
        _scene.Wait(29.999);
        _scene.Now(Get()).Value();
        Assert.Single(Reads.Asked);

        _scene.Wait(0.001);
        _scene.Now(Get()).Value();

        Assert.Equal(2, Reads.Asked.Count);
        Assert.Equal(
            (1d, 2d),
            (_scene.Meters.Sum("perpkeel.leverage.hits"), _scene.Meters.Sum("perpkeel.leverage.misses")));
        Assert.Equal(0d, _scene.Meters.Sum("perpkeel.balance.misses"));
    }

    [Fact]
    public void Other_tiers_make_all_of_it_worthless_another_limit_that_of_its_account()
    {
        _scene.Now(Get()).Value();
        _scene.Now(_scene.Leverages.GetLeverageInfoAsync(AccountScene.Bert, CancellationToken.None)).Value();

        _scene.Leverages.Invalidate(AccountScene.Bert);
        _scene.Now(Get()).Value();
        Assert.Equal(2, Reads.Asked.Count);
        _scene.Leverages.Invalidate(AccountScene.Anna, AccountScene.Noon);
        _scene.Leverages.InvalidateAll();
        _scene.Now(Get()).Value();

        Assert.Equal(3, Reads.Asked.Count);
    }

    [Fact]
    [Trait("Req", "BAL-3")]
    public void A_fault_is_told_and_never_taken_for_health()
    {
        Reads.ThenIsDown();
        Assert.IsType<AccountError.VenueDown>(_scene.Now(Get()).Error());

        foreach (var nonsense in Nonsense())
        {
            Reads.Then(nonsense);
            Assert.IsType<AccountError.Malformed>(_scene.Now(Get()).Error());
        }
    }

    private static IEnumerable<MarginPool> Nonsense()
    {
        var eth = ScriptedReads.Position(SampleMarkets.Eth, 1m, 2_000m);
        var pool = ScriptedReads.Cross(100m, eth);
        yield return pool with { MaintenanceMargin = Usd.Zero };
        yield return pool with { MaintenanceMargin = new Usd(-1m) };
        yield return pool with { InitialMargin = new Usd(-1m) };
        yield return ScriptedReads.Isolated(128, 100m, eth) with { Positions = [eth, eth] };
    }

    private LeverageInfo Of(MarginPool pool)
    {
        Reads.Then(pool);
        _scene.Leverages.Invalidate(AccountScene.Anna);
        return _scene.Now(Get()).Value();
    }

    private Task<Result<LeverageInfo, AccountError>> Get() =>
        _scene.Leverages.GetLeverageInfoAsync(AccountScene.Anna, CancellationToken.None);
}
