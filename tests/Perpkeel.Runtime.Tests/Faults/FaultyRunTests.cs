using Perpkeel.Core.Engine;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Runtime.Tests.Runs;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Paper;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Runtime.Tests.Faults;

/// <summary>
/// The whole system with each of the venue's faults: nothing is placed twice, filled beyond its size or left
/// bare, and when the faults are over both parties agree to the quantum.
/// </summary>
[Trait("Req", "PAP-1")]
[Trait("Req", "EXE-4")]
[Trait("Req", "EXE-6")]
public sealed class FaultyRunTests
{
    /// <summary>Faults that count by hours need one.</summary>
    private static readonly TimeSpan Hour = TimeSpan.FromMinutes(65);

    private static readonly TimeSpan Short = TimeSpan.FromMinutes(25);

    /// <summary>All but the late fill, which needs a resting order that is cancelled.</summary>
    public static TheoryData<string> Names =>
        new(FaultKind.All.Where(kind => kind != FaultKind.LateFill).Select(kind => kind.Name));

    [Fact]
    public void Without_faults_the_parties_agree_and_nothing_is_bare()
    {
        var run = FaultyRun.Of(FaultPlan.None, Short);

        run.AssertAgreement();
        Assert.True(run.State.Totals.Fills > 5, $"{run.State.Totals.Fills} fills");
        Assert.Equal(0, run.State.UnprotectedLateMsAt(run.Ended));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_a_fault_the_parties_agree_in_the_end(string name)
    {
        var kind = FaultKind.Find(name)!;
        var isHour = kind.Unit == FaultUnit.Hour;
        var chance = isHour ? "1" : "0.3";
        string[] words = kind == FaultKind.OldSnapshot
            ? ["stream-gap=0.3", $"{name}=0.5"]
            : [$"{name}={chance}"];
        Assert.True(FaultPlan.Parse(words).TryGet(out var plan, out _));

        var run = FaultyRun.Of(plan, isHour ? Hour : Short);

        run.AssertAgreement();
        Assert.True(run.Counts.GetValueOrDefault(name) > 0, "the fault has not happened");
    }

    [Fact]
    public void With_all_faults_at_once_the_parties_agree_in_the_end()
    {
        Assert.True(FaultPlan.Parse(["all"]).TryGet(out var plan, out _));
        foreach (var seed in (ulong[])[1, 2])
        {
            var run = FaultyRun.Of(plan, TimeSpan.FromHours(2), seed);

            run.AssertAgreement();
        }

        Assert.Equal(
            FaultyRun.Of(plan, Short).VenueHead, FaultyRun.Of(plan, Short).VenueHead, StringComparer.Ordinal);
    }
}

/// <summary>One run of the synthetic market with faults, and what both parties have at its end.</summary>
internal sealed class FaultyRun
{
    private const ulong UsualSeed = 11;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 11, 56, 0, TimeSpan.Zero);

    /// <summary>No new trades are wanted then; what is under way comes to its end.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(20);

    private readonly List<OrderIntent> _wire = [];
    private readonly Dictionary<ClientOrderId, Size> _filled = [];
    private readonly Dictionary<ClientOrderId, int> _opened = [];
    private decimal _venueBalance;
    private IReadOnlyList<ClientOrderId> _venueOrders = [];
    private readonly SortedDictionary<string, decimal> _venuePositions = new(StringComparer.Ordinal);

    public AccountState State { get; private set; } = AccountState.Empty;

    public DateTimeOffset Ended { get; private set; }

    public string VenueHead { get; private set; } = string.Empty;

    public IReadOnlyDictionary<string, int> Counts { get; private set; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    public static FaultyRun Of(FaultPlan plan, TimeSpan traded, ulong seed = UsualSeed)
    {
        var run = new FaultyRun();
        var fault = new CommitFault(0, takesEffect: true);
        var logs = RunLogs.New(fault);
        var source = new BoundedMarkets(new SyntheticMarkets(seed, Start), Start + traded, Settling);
        var settings = RunLife.Aggressive(Start) with
        {
            Sniper = RunLife.Aggressive(Start).Sniper with { HoldFor = TimeSpan.FromSeconds(90) },
        };
        var venue = new PaperSettings { Seed = seed, Faults = plan };
        using var life = new RunLife(source, source.BeginsAt, logs, run._wire, venue, settings);
        life.Run.Session.FactRecorded += (_, told) => run.Take(told.Fact.Fact);
        run.Ended = Start + traded + Settling;
        Assert.True(life.RunUntil(run.Ended, fault));
        run.State = life.Run.Session.State;
        run.VenueHead = logs.Venue.Head(RunLife.Stream);
        run.Counts = life.Venue.FaultCounts;
        (var usdc, var positions, run._venueOrders) = life.Venue.Books();
        run._venueBalance = usdc.Value;
        foreach (var (market, size) in positions) run._venuePositions[market.Value] = size.Value;
        return run;
    }

    public void AssertAgreement()
    {
        foreach (var (id, count) in _opened) Assert.True(count == 1, $"order {id} was opened {count} times");
        foreach (var order in _wire.DistinctBy(order => order.ClientId))
        {
            var filled = _filled.GetValueOrDefault(order.ClientId);
            Assert.True(filled <= order.Size, $"{order.ClientId}: {filled} of {order.Size} were filled");
        }

        var ours = State.Positions.Values.Where(position => !position.Size.IsZero)
            .Select(position => $"{position.Market.Value} {position.Size.Value}");
        Assert.Equal(
            string.Join(", ", _venuePositions.Select(pair => $"{pair.Key} {pair.Value}")),
            string.Join(", ", ours.Order(StringComparer.Ordinal)));

        var standing = State.Orders.Values
            .Where(order => order.IsLive && order.Intent.Kind != OrderKind.Market)
            .Select(order => order.Intent.ClientId);
        Assert.Equal(_venueOrders, standing.Order());

        // Funding is told hour by hour and settled when a position is touched: each rounds by a quantum.
        Assert.InRange(Math.Abs(State.Balance.Value - _venueBalance), 0m, 0.0005m);
    }

    private void Take(Fact fact)
    {
        if (fact is not Fact.Reported { Report: var report }) return;
        if (report is VenueReport.Opened opened)
        {
            _opened[opened.Order.ClientId] = _opened.GetValueOrDefault(opened.Order.ClientId) + 1;
        }
        else if (report is VenueReport.Filled filled)
        {
            _filled[filled.ClientId] = _filled.GetValueOrDefault(filled.ClientId) + filled.Size;
        }
    }
}
