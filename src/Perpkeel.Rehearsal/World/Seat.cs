using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Core.Signals;
using Perpkeel.Core.Strategies;
using Perpkeel.Rehearsal.Invariants;
using Perpkeel.Rehearsal.Plans;
using Perpkeel.Rehearsal.Users;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Paper;
using Perpkeel.Venues.Journal;

namespace Perpkeel.Rehearsal.World;

/// <summary>
/// One user: an account at a venue of its own, which lives on whatever becomes of our process, the people
/// and programs that want something of it, and the audit that looks on.
/// </summary>
internal sealed class Seat
{
    private const ulong VenueStream = 1;
    private const ulong RulesStream = 2;
    private const ulong CallerStream = 10;
    private const ulong OperatorStream = 3;

    private readonly Chance _rules;

    /// <summary>Makes a user and a venue.</summary>
    public Seat(RehearsalPlan plan, int number, Machine machine, IRecordLog venueLog, Tally tally)
    {
        var chance = new Chance(new SeededRandom(plan.Seed).Fork((ulong)number));
        _rules = chance.Fork(RulesStream);
        Account = new AccountId("paper", "rehearsal", $"user-{number + 1}");
        var source = new SyntheticMarkets(
            chance.Fork(VenueStream).Bits(), RehearsalPlan.StartsAt,
            MarketModels.All[_rules.Below(MarketModels.All.Length)],
            new SyntheticScale { Markets = plan.Markets, Step = Machine.Step, Past = Machine.Past });
        var settings = new PaperSettings
        {
            Seed = chance.Bits(),
            Latency = _rules.Between(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(400)),
            LatencyModel = _rules.Of(LatencyModel.All),
            FillModel = _rules.Of(FillModel.All),
            Faults = plan.Faults.Venue,
            FaultsUntil = plan.FaultsUntil,
        };
        Venue = new PaperVenue(source, settings, machine.Clock, venueLog, Account.ToString());
        Tap = new MarketTap(Venue.Markets, Venue.Events);
        Trading = new TradingSettings
        {
            Account = Account,
            StartsAt = RehearsalPlan.StartsAt,
            FirstClientId = new ClientOrderId((uint)_rules.Between(1, 1 << 24)),
            Limits = Limits(),
            Sniper = Rules(),
        };
        Audit = new Audit(this, machine, tally);
        Callers =
        [
            .. Enumerable.Range(1, plan.Strategies - 1).Select(strategy => new SignalCaller(
                this, machine, chance.Fork(CallerStream + (ulong)strategy), $"webhook-{strategy}")),
        ];
        Operator = new Operator(this, machine, chance.Fork(OperatorStream));
        Venue.FaultHappened += (_, fault) => tally.Fault(fault.Kind.Name, [this]);
    }

    /// <summary>The account.</summary>
    public AccountId Account { get; }

    /// <summary>The venue, which outlives our process.</summary>
    public PaperVenue Venue { get; }

    /// <summary>Its markets.</summary>
    public MarketTap Tap { get; }

    /// <summary>What a process trades with that begins now.</summary>
    public TradingSettings Trading { get; private set; }

    /// <summary>Who looks on.</summary>
    public Audit Audit { get; }

    /// <summary>Who sends signals.</summary>
    public IReadOnlyList<SignalCaller> Callers { get; }

    /// <summary>Who stops, resumes and flattens.</summary>
    public Operator Operator { get; }

    /// <summary>The account in the process that lives; null while none does.</summary>
    public TradingRun? Run { get; set; }

    /// <summary>The way from that process to the venue.</summary>
    public ProcessLine? Line { get; set; }

    /// <summary>Since when the account has had its limits.</summary>
    public DateTimeOffset LimitsSince { get; private set; }

    /// <summary>The next process trades under other limits.</summary>
    public void ChangeLimits(DateTimeOffset now)
    {
        LimitsSince = now;
        Trading = Trading with { Limits = Limits() };
    }

    private RiskLimits Limits() => new()
    {
        Leverage = new Leverage(_rules.Between(2, 8)),
        LeverageCap = new Leverage(_rules.Between(2, 10)),
        RiskPerTrade = _rules.Between(2, 30) / 1_000m,
        MaxPositions = _rules.Between(1, 4),
        MaxMarketExposure = _rules.Between(2, 15) / 10m,
        MaxTotalExposure = _rules.Between(5, 30) / 10m,
        MaxOrder = new Usd(_rules.Between(2, 30) * 1_000m),
        DailyLoss = _rules.Percent(70) ? 1m : _rules.Between(2, 20) / 100m,
        MaxDrawdown = _rules.Percent(70) ? 1m : _rules.Between(5, 30) / 100m,
        Cooldown = TimeSpan.FromSeconds(_rules.Between(1, 60)),
        ChangesPerMinute = _rules.Between(3, 30),
        OnUnprotected = _rules.Percent(50) ? UnprotectedPolicy.Close : UnprotectedPolicy.Alarm,
    };

    private SniperRules Rules() => new()
    {
        EnterScore = new Score(_rules.Between(5_000, 6_500)),
        ExitScore = new Score(_rules.Between(2_500, 4_500)),
        Confirmations = _rules.Between(1, 5),
        StopDistance = _rules.Between(4, 80) / 10_000m,
        HoldFor = TimeSpan.FromMinutes(_rules.Between(3, 90)),
    };
}
