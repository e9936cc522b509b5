using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Testing;
using Perpkeel.Venues;
using Xunit;

namespace Perpkeel.Simulation.Tests.Paper;

[Trait("Req", "BAL-2")]
public sealed class AccountReadTests
{
    private static readonly AccountId Account = new("venue", "paper", "tests");
    private static readonly DateTimeOffset Start = VenueScenes.Synthetic.StartsAt;
    private static readonly TimeSpan MostBetweenBlocks = TimeSpan.FromSeconds(3);

    [Fact]
    public void A_new_account_has_its_deposit_free()
    {
        var (_, result) = Assert.Single(Read(new PaperSettings(), null, Start.AddSeconds(10)));

        Assert.True(result.TryGet(out var reading, out _));
        Assert.Equal(
            (10_000m, 10_000m, 0m, 0m),
            (reading.Equity.Value, reading.FreeCollateral.Value, reading.InitialMargin.Value,
                reading.MaintenanceMargin.Value));
        Assert.Equal((Account, 0), (reading.Account, reading.Positions.Count()));
        Assert.Equal($"paper venue, block {reading.Height}", reading.Source);
        Assert.InRange(reading.AsOf, Start.AddSeconds(10) - MostBetweenBlocks, Start.AddSeconds(10.05));
    }

    [Fact]
    public void A_question_takes_the_latency_there_and_the_Indexer_s_lag_and_the_latency_back()
    {
        var settings = new PaperSettings
        {
            Latency = TimeSpan.FromMilliseconds(200),
            IndexerLag = TimeSpan.FromMilliseconds(300),
        };

        var (at, _) = Assert.Single(Read(settings, null, Start.AddSeconds(10)));

        Assert.Equal(Start.AddSeconds(10) + TimeSpan.FromMilliseconds(700) + TimeSpan.FromTicks(10), at);
    }

    [Fact]
    public void Every_answer_is_what_the_reports_up_to_its_block_make_of_the_account()
    {
        var heard = new List<VenueReport>();
        var readings = Read(new PaperSettings(), heard, EachSecond())
            .Select(read => read.Result.TryGet(out var reading, out _) ? reading : null!).ToList();

        foreach (var reading in readings)
        {
            var model = new ReportFold(heard.Where(report => report.At <= reading.AsOf));
            Assert.Equal(model.Equity(reading.Positions), reading.Equity.Value);
            Assert.Equal(
                model.Positions,
                reading.Positions.ToDictionary(
                    held => held.Market, held => (held.Size.Value, held.EntryPrice.Value)));
            Assert.Equal(reading.Equity - reading.InitialMargin, reading.FreeCollateral);
            Assert.Equal(MarginMode.Cross, Assert.Single(reading.Pools).Mode);
        }

        Assert.Contains(readings, reading => reading.Positions.Count() > 2);
        Assert.Contains(readings, reading => reading.FreeCollateral < new Usd(9_000m));
    }

    [Fact]
    public void Where_the_node_believes_no_more_than_the_block_it_is_what_the_chain_itself_says()
    {
        using var life = new VenueLife(
            VenueScenes.Synthetic, new MemoryRecordLog(), VenueScenes.SyntheticTrader());
        var ledger = life.Venue.World.Parts.Chain.Ledger;
        var account = ledger.Accounts.Find(life.Venue.World.Parts.Account);
        var compared = 0;
        foreach (var time in EachSecond())
        {
            life.Clock.RunUntil(time.AddMilliseconds(300));
            var pool = life.Venue.World.PageAt(life.Clock.Now).Pool;
            var believed = life.Venue.Books().Positions;
            if (!believed.SequenceEqual(pool.Positions.Select(held => (held.Market, held.Size)))) continue;

            var risk = ledger.RiskOf(account);
            Assert.Equal(
                (risk.NetCollateral.ToUsd(), risk.Initial.ToUsd(), risk.Maintenance.ToUsd()),
                (pool.Equity, pool.InitialMargin, pool.MaintenanceMargin));
            if (!pool.Positions.IsEmpty) compared++;
        }

        Assert.InRange(compared, 80, EachSecond().Length);
    }

    [Fact]
    public void Margins_are_the_chain_s_rounded_up_in_its_integers()
    {
        var readings = Read(new PaperSettings(), [], EachSecond());

        foreach (var (_, result) in readings)
        {
            Assert.True(result.TryGet(out var reading, out _));
            var initial = reading.Positions.Sum(held => held.Notional.Value * held.InitialFraction);
            var most = reading.Positions.Count() * 2m / QuoteQuantums.PerUsd;
            Assert.InRange(reading.InitialMargin.Value, initial - most, initial + most);
            Assert.Equal(decimal.Round(reading.InitialMargin.Value, 6), reading.InitialMargin.Value);
            Assert.InRange(reading.MaintenanceMargin.Value, 0m, reading.InitialMargin.Value);
        }
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void Questions_change_nothing()
    {
        var settings = new PaperSettings { Faults = Faults("all") };
        using var quiet = new VenueLife(
            VenueScenes.Synthetic, new MemoryRecordLog(), VenueScenes.SyntheticTrader(), settings);
        quiet.RunToEnd();
        using var asked = new VenueLife(
            VenueScenes.Synthetic, new MemoryRecordLog(), VenueScenes.SyntheticTrader(), settings);
        var readings = Ask(asked, EachSecond());
        asked.RunToEnd();

        Assert.Equal(EachSecond().Length, readings.Count);
        Assert.Equal(quiet.Venue.ChainHash, asked.Venue.ChainHash);
        Assert.Equal(quiet.Heard, asked.Heard);
        Assert.Equal(quiet.Venue.FaultCounts, asked.Venue.FaultCounts);
    }

    [Fact]
    [Trait("Req", "PAP-1")]
    public void A_past_that_is_lived_again_gives_the_same_answers()
    {
        var settings = new PaperSettings { Faults = Faults("all"), LatencyModel = LatencyModel.All[1] };
        var log = new MemoryRecordLog();
        using var first = new VenueLife(VenueScenes.Synthetic, log, VenueScenes.SyntheticTrader(), settings);
        var before = Ask(first, EachSecond());
        first.RunToEnd();
        using var second = new VenueLife(
            VenueScenes.Synthetic, log.Survivor(), VenueScenes.SyntheticTrader(), settings);
        var again = Ask(second, [.. EachSecond().Where((_, number) => number % 3 == 0)]);
        second.RunToEnd();

        var known = before.Select(InWords).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(again);
        Assert.All(again, read => Assert.True(known.Contains(InWords(read)), InWords(read)));
    }

    [Fact]
    [Trait("Req", "BAL-3")]
    public void The_venue_s_faults_are_told_apart()
    {
        var refused = Errors("endpoint-failing=1");

        Assert.Equal(new AccountError.RateLimited(TimeSpan.FromSeconds(2)), Errors("rate-limit=1")[0].Error);
        Assert.Contains(refused, fault => fault.Error is AccountError.Network);
        Assert.Contains(refused, fault => fault.Error is AccountError.VenueDown { Status: 503 });
        Assert.All(
            Errors("tx-dropped=1").Concat(Errors("answer-lost=1")),
            fault =>
            {
                Assert.Contains("no answer in 10.2 s", fault.Error.Message, StringComparison.Ordinal);
                Assert.Equal(TimeSpan.FromSeconds(10.2), fault.Took);
            });
    }

    [Fact]
    [Trait("Req", "BAL-3")]
    public void A_slow_answer_comes_late_or_not_in_time()
    {
        var settings = new PaperSettings { Faults = Faults("endpoint-slow=1") };
        var readings = Read(settings, null, EachSecond());

        var late = readings.Where(read => read.Result.TryGet(out _, out _)).ToList();
        Assert.NotEmpty(late);
        Assert.InRange(late.Count, 1, readings.Count - 1);
        Assert.All(late, read =>
        {
            read.Result.TryGet(out var reading, out _);
            Assert.InRange(read.At - reading!.AsOf, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(13.2));
        });
    }

    [Fact]
    [Trait("Req", "BAL-3")]
    public void An_Indexer_that_is_behind_tells_what_it_had()
    {
        var settings = new PaperSettings { Faults = Faults("indexer-lag=1"), Seed = 3 };
        var spans = new FaultSpans(new FaultDice(settings.Faults, settings.Seed, Start));
        var source = ListedSource.Of(
            new Simulation.Markets.Synthetic.SyntheticMarkets(7, Start), Start.AddSeconds(-5),
            Start.AddMinutes(65));
        using var life = new VenueLife(source, new MemoryRecordLog(), settings: settings);
        var minutes = Enumerable.Range(1, 390).Select(number => Start.AddSeconds(number * 10)).ToArray();

        var readings = Ask(life, minutes);
        life.RunToEnd();

        var behind = 0;
        foreach (var (asked, _, result) in readings)
        {
            Assert.True(result.TryGet(out var reading, out _));
            var there = asked.AddMilliseconds(50);
            var from = spans.Lag(there) is { } span ? span.From : there;
            Assert.InRange(reading.AsOf, from - MostBetweenBlocks, from + MostBetweenBlocks);
            if (there - reading.AsOf > MostBetweenBlocks) behind++;
        }

        Assert.InRange(behind, 1, readings.Count - 1);
    }

    [Fact]
    [Trait("Req", "BAL-3")]
    public void Another_account_is_not_shown()
    {
        using var life = new VenueLife(VenueScenes.Synthetic, new MemoryRecordLog());
        var asked = Ask(life, [Start.AddSeconds(3)], Account with { Owner = "somebody" });
        life.RunToEnd();

        Assert.False(Assert.Single(asked).Result.TryGet(out _, out var error));
        Assert.Equal(
            "The venue does not show venue/paper/somebody: the venue has venue/paper/tests only.",
            error.Message);
    }

    [Fact]
    public void Who_gives_up_waits_no_longer()
    {
        using var life = new VenueLife(VenueScenes.Synthetic, new MemoryRecordLog());
        using var giveUp = new CancellationTokenSource();
        var asked = life.Venue.ReadAsync(Account, giveUp.Token);

        giveUp.Cancel();
        life.RunToEnd();

        Assert.True(asked.IsCanceled);
        Assert.True(life.Venue.ReadAsync(Account, giveUp.Token).IsCanceled);
    }

    private static DateTimeOffset[] EachSecond() =>
        [.. Enumerable.Range(0, 110).Select(second => Start.AddSeconds(second))];

    private static FaultPlan Faults(params string[] words)
    {
        FaultPlan.Parse(words).TryGet(out var plan, out _);
        return plan!;
    }

    private static List<(AccountError Error, TimeSpan Took)> Errors(string fault)
    {
        var settings = new PaperSettings { Faults = Faults(fault) };
        using var life = new VenueLife(VenueScenes.Synthetic, new MemoryRecordLog(), settings: settings);
        var asked = Ask(life, [.. EachSecond().Take(12)]);
        life.RunToEnd();
        return
        [
            .. asked.Select(read => read.Result.TryGet(out _, out var error)
                ? throw new InvalidOperationException("It was answered.")
                : (error, read.At - read.AskedAt)),
        ];
    }

    private static List<(DateTimeOffset At, Result<AccountReading, AccountError> Result)> Read(
        PaperSettings settings, List<VenueReport>? heard, params DateTimeOffset[] times)
    {
        using var life = new VenueLife(
            VenueScenes.Synthetic, new MemoryRecordLog(),
            heard is null ? null : VenueScenes.SyntheticTrader(), settings);
        var asked = Ask(life, times);
        life.RunToEnd();
        heard?.AddRange(life.Heard.Select(told => told.Report));
        Assert.Equal(times.Length, asked.Count);
        return [.. asked.Select(read => (read.At, read.Result))];
    }

    private static List<Answer> Ask(VenueLife life, DateTimeOffset[] times, AccountId? account = null)
    {
        var answers = new List<Answer>();
        foreach (var time in times)
        {
            life.Clock.CreateTimer(
                _ => _ = AskAsync(), null, time - life.Clock.Now, Timeout.InfiniteTimeSpan);
        }

        return answers;

        async Task AskAsync()
        {
            var at = life.Clock.Now;
            var result = await life.Venue.ReadAsync(account ?? Account, CancellationToken.None);
            answers.Add(new Answer(at, life.Clock.Now, result));
        }
    }

    private static string InWords(Answer read) =>
        read.Result.TryGet(out var reading, out var error)
            ? FormattableString.Invariant($"{read.AskedAt:O} {read.At:O} {reading.Height} {reading.Equity}")
            : FormattableString.Invariant($"{read.AskedAt:O} {read.At:O} {error}");

    private readonly record struct Answer(
        DateTimeOffset AskedAt, DateTimeOffset At, Result<AccountReading, AccountError> Result);
}
