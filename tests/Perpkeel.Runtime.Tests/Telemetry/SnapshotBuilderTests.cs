using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Runtime.Telemetry;
using Perpkeel.Runtime.Tests.Runs;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Runtime.Tests.Telemetry;

[Trait("Req", "UI-1")]
public sealed class SnapshotBuilderTests
{
    private static readonly Lazy<List<(RunSnapshot Shown, decimal Balance, decimal Worth)>> Moments =
        new(Watch);

    [Fact]
    public void Before_anything_happened_all_is_empty_and_nothing_fails()
    {
        var (first, _, _) = Moments.Value[0];

        Assert.Equal(6, first.Markets.Length);
        Assert.All(first.Markets, row => Assert.Equal((null, null), (row.SpreadBps, row.AgeMs)));
        Assert.Equal(
            (null, null, null),
            (first.Account.MarginUsage, first.Account.Leverage, first.Account.MaintenanceUsage));
        Assert.Empty(first.Positions);
        Assert.True(first.IsCatchingUp);
    }

    [Fact]
    public void Markets_show_their_prices_and_the_closes_of_their_past()
    {
        var (last, _, _) = Moments.Value[^1];

        Assert.Equal(("restless market", 60m), (last.Source, last.Speed));
        Assert.All(last.Markets, row =>
        {
            Assert.True(row.Bid < row.Ask && row.Oracle.Value > 0m && row.Last.Value > 0m);
            Assert.InRange(row.SpreadBps!.Value, 0.01m, 50m);
            Assert.InRange(Math.Abs(row.Change!.Value), 0m, 0.1m);
            Assert.Equal(60, row.Sparkline.Length);
            Assert.InRange(row.AgeMs!.Value, 0, 60_000);
        });
        Assert.Equal(0, last.Markets.Single(row => row.Market.Value is "BTC-USD").PriceDecimals);
        Assert.Equal(5, last.Markets.Single(row => row.Market.Value is "DOGE-USD").PriceDecimals);
    }

    [Fact]
    public void Scores_show_the_thresholds_and_the_side_held()
    {
        var held = Moments.Value.First(moment => moment.Shown.Positions.Length > 0).Shown;

        Assert.Equal((55m, 30m, 1), (held.EnterScore, held.ExitScore, held.Confirmations));
        Assert.Equal(
            held.Positions.Select(row => (row.Market, row.Side)).Order(),
            held.Scores.Where(row => row.Held != Side.None).Select(row => (row.Market, row.Held)).Order());
        Assert.All(held.Scores, row => Assert.InRange(row.Weighted, 0m, 100m));
        Assert.Contains(held.Scores, row => row.Streak > 0);
    }

    [Fact]
    public void Equity_is_the_balance_and_the_worth_of_all_positions_at_every_moment()
    {
        foreach (var (shown, balance, worth) in Moments.Value)
        {
            Assert.Equal(balance + worth, shown.Account.Equity.Value);
            Assert.True(shown.Account.Available <= shown.Account.Equity);
        }
    }

    [Fact]
    public void An_open_position_shows_its_protection_and_its_distance_to_liquidation()
    {
        var open = Rows("open");

        Assert.NotEmpty(open);
        Assert.All(open, row =>
        {
            Assert.True(
                row.IsProtected && row.Size > Size.Zero && row.Entry is not null && row.Mark is not null);
            Assert.Equal(row.Side == Side.Buy, row.Stop < row.Target);
        });
        var liquidated = open.Where(row => row.Liquidation is not null).ToList();
        Assert.NotEmpty(liquidated);
        Assert.All(liquidated, row =>
        {
            Assert.Equal(row.Side == Side.Buy, row.Liquidation < row.Mark);
            Assert.InRange(row.LiquidationDistance!.Value, 0.2m, 5m);
        });
    }

    [Fact]
    public void Planned_and_closing_positions_say_so()
    {
        Assert.All(Rows("planned"), row => Assert.Equal((Size.Zero, null), (row.Size, row.Entry)));
        Assert.NotEmpty(Rows("planned"));
        Assert.NotEmpty(Rows("closing"));
    }

    [Fact]
    public void Counts_and_lines_tell_what_was_done()
    {
        var (last, _, _) = Moments.Value[^1];

        Assert.True(last.Account.Counts.Orders > 15 && last.Account.Counts.Fills > 10);
        Assert.True(last.Account.Wins + last.Account.Losses > 3);
        Assert.Equal((0m, 0L), (last.Account.SecondsUnprotected, last.Account.Alarms));
        Assert.True(last.Account.Fees > Usd.Zero && last.Account.Deposits.Value == 10_000m);
        Assert.Equal(64, last.Journal.Length);
        Assert.True(last.Performance.Events > 5_000 && last.Performance.Evaluations > 400);
    }

    private static List<PositionRow> Rows(string status) =>
    [
        .. Moments.Value.SelectMany(moment => moment.Shown.Positions)
            .Where(row => string.Equals(row.Status, status, StringComparison.Ordinal)),
    ];

    private static List<(RunSnapshot Shown, decimal Balance, decimal Worth)> Watch()
    {
        var source = new RestlessMarkets();
        var settings = RunLife.Aggressive(source.StartsAt);
        var fault = new CommitFault(0, takesEffect: true);
        using var life =
            new RunLife(source, RestlessMarkets.BeginsAt, RunLogs.New(fault), settings: settings);
        var history = new RunHistory(new SteppingTime(TimeSpan.FromTicks(10)), source.Markets);
        var builder = new SnapshotBuilder(life.Run, settings, history);
        using var events = life.Run.MarketData.Subscribe(history.OnEvent);
        life.Run.Session.FactRecorded += (_, told) => history.OnFact(told.Fact);
        var moments = new List<(RunSnapshot, decimal, decimal)>();
        Look();
        life.RunUntil(RestlessMarkets.End, fault, Look);
        return moments;

        void Look()
        {
            var now = life.Clock.Now;
            if (moments.Count > 0 && now < source.StartsAt) return;
            var state = life.Run.Session.State;
            var shown = builder.Build(source.Description, 60m, now, now < source.StartsAt);
            var worth = state.Positions.Sum(pair => pair.Value.Size.Value
                * shown.Markets.Single(row => row.Market == pair.Key).Oracle.Value);
            moments.Add((shown, state.Balance.Value, worth));
        }
    }
}
