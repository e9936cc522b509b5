using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Execution;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <summary>An account as its facts have made it.</summary>
public sealed record AccountState
{
    /// <summary>Version of this shape; a snapshot of another version is thrown away.</summary>
    public const int Version = 2;

    /// <summary>The account before its first fact.</summary>
    public static AccountState Empty { get; } = new();

    /// <summary>Sequence of the last fact.</summary>
    public long Sequence { get; init; }

    /// <summary>Engine time of the last fact.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether the account was opened.</summary>
    public bool IsOpen { get; init; }

    /// <summary>
    /// Settlement asset: deposits, sales less purchases, fees, funding. Negative beside long positions is
    /// normal.
    /// </summary>
    public Usd Balance { get; init; }

    /// <summary>Positions by market, flat ones included until their bracket has ended.</summary>
    public ImmutableSortedDictionary<MarketId, Position> Positions { get; init; } =
        ImmutableSortedDictionary<MarketId, Position>.Empty;

    /// <summary>Brackets by market: one owner a market.</summary>
    public ImmutableSortedDictionary<MarketId, Bracket> Brackets { get; init; } =
        ImmutableSortedDictionary<MarketId, Bracket>.Empty;

    /// <summary>Orders of the brackets, by client id.</summary>
    public ImmutableSortedDictionary<ClientOrderId, OrderState> Orders { get; init; } =
        ImmutableSortedDictionary<ClientOrderId, OrderState>.Empty;

    /// <summary>Where its order ids began.</summary>
    public ClientOrderId FirstClientId { get; init; }

    /// <summary>The next order's id.</summary>
    public ClientOrderId NextClientId { get; init; }

    /// <summary>The next bracket's number.</summary>
    public long NextBracket { get; init; } = 1;

    /// <summary>Placements of resting orders in the last blocks.</summary>
    public PlacementBudget Placements { get; init; } = new();

    /// <summary>
    /// Signals of the last <see cref="SignalState.Kept"/>, by id: the same one again is not carried out
    /// again.
    /// </summary>
    public ImmutableSortedDictionary<SignalId, SignalState> Signals { get; init; } =
        ImmutableSortedDictionary<SignalId, SignalState>.Empty;

    /// <summary>Signals without an end.</summary>
    public ImmutableSortedSet<SignalId> OpenSignals { get; init; } = [];

    /// <summary>Orders of ours that stand at the venue although their bracket is over.</summary>
    public ImmutableSortedDictionary<ClientOrderId, DateTimeOffset> Orphans { get; init; } =
        ImmutableSortedDictionary<ClientOrderId, DateTimeOffset>.Empty;

    /// <summary>Why no new risk is taken until somebody resumes; null while it is.</summary>
    public TradingStop? Stopped { get; init; }

    /// <summary>Components that are switched off.</summary>
    public ImmutableSortedSet<Component> SwitchedOff { get; init; } = [];

    /// <summary>When entries and changes were asked for within the last minute, oldest first.</summary>
    public ImmutableArray<DateTimeOffset> RecentChanges { get; init; } = [];

    /// <summary>When the last entry was planned.</summary>
    public DateTimeOffset? LastEntryAt { get; init; }

    /// <summary>
    /// Before this no entry is worth asking for: the cooldown after an entry, or a pause after a refusal,
    /// so that one condition is refused once and not at every evaluation.
    /// </summary>
    public DateTimeOffset EntriesFrom { get; init; }

    /// <summary>The venue's sequence of the last report that we took.</summary>
    public long LastVenueSequence { get; init; }

    /// <summary>Equity at the last mark.</summary>
    public Usd MarkedEquity { get; init; }

    /// <summary>Highest equity marked.</summary>
    public Usd PeakEquity { get; init; }

    /// <summary>Greatest fall from the highest equity, as a fraction of it.</summary>
    public decimal MaxDrawdown { get; init; }

    /// <summary>Day of <see cref="DayStartEquity"/>, at midnight UTC.</summary>
    public DateTimeOffset Day { get; init; }

    /// <summary>Equity at the day's first mark.</summary>
    public Usd DayStartEquity { get; init; }

    /// <summary>Counts and sums since the account was opened.</summary>
    public AccountTotals Totals { get; init; } = new();

    /// <summary>Whether orders that take new risk may be sent.</summary>
    [JsonIgnore]
    public bool MayEnter => Stopped is null && !SwitchedOff.Contains(Component.Execution);

    /// <summary>Orders at the venue that count in what an account's equity allows.</summary>
    [JsonIgnore]
    public int StatefulOrders =>
        Orders.Values.Count(order => order is { IsLive: true, Intent.IsStateful: true });

    /// <summary>Orders of which nobody knows yet what became of them.</summary>
    [JsonIgnore]
    public int UnknownOutcomes => Orders.Values.Count(order => order.Phase == OrderPhase.OutcomeUnknown);

    /// <summary>The signed size in a market; zero when flat.</summary>
    public Size SizeIn(MarketId market) => Positions.GetValueOrDefault(market)?.Size ?? Size.Zero;

    /// <summary>Milliseconds unprotected beyond the deadline, over ended and open brackets.</summary>
    public long UnprotectedLateMsAt(DateTimeOffset now) =>
        Totals.UnprotectedLateMs + Brackets.Values.Sum(bracket => bracket.UnprotectedLateMsAt(now));

    /// <summary>Greatest fall from the highest equity, with what the account is worth now.</summary>
    public decimal DrawdownAt(Usd equity) => PeakEquity > Usd.Zero
        ? Math.Max(MaxDrawdown, decimal.Round((PeakEquity - equity).Value / PeakEquity.Value, 10))
        : MaxDrawdown;

    /// <summary>Finds an order of a bracket.</summary>
    public OrderState Order(ClientOrderId id) => Orders[id];
}

/// <summary>Counts and sums over an account's life.</summary>
public sealed record AccountTotals
{
    /// <summary>Decisions recorded.</summary>
    public long Decisions { get; init; }

    /// <summary>Plans refused.</summary>
    public long Refusals { get; init; }

    /// <summary>Orders sent.</summary>
    public long Orders { get; init; }

    /// <summary>Fills heard of.</summary>
    public long Fills { get; init; }

    /// <summary>Brackets ended with a gain.</summary>
    public long Wins { get; init; }

    /// <summary>Brackets ended with a loss.</summary>
    public long Losses { get; init; }

    /// <summary>Fills in which the venue closed a position itself.</summary>
    public long Liquidations { get; init; }

    /// <summary>Alarms over missing protection.</summary>
    public long Alarms { get; init; }

    /// <summary>Deposits.</summary>
    public Usd Deposits { get; init; }

    /// <summary>What ended brackets brought in, fees and funding included.</summary>
    public Usd Realised { get; init; }

    /// <summary>Fees of all fills.</summary>
    public Usd Fees { get; init; }

    /// <summary>Funding received less paid.</summary>
    public Usd Funding { get; init; }

    /// <summary>Milliseconds unprotected beyond the deadline, over all ended brackets.</summary>
    public long UnprotectedLateMs { get; init; }

    /// <summary>
    /// How many brackets with a position were unprotected for how many milliseconds altogether.
    /// </summary>
    public ImmutableSortedDictionary<long, long> UnprotectedMs { get; init; } =
        ImmutableSortedDictionary<long, long>.Empty;

    /// <summary>
    /// The milliseconds unprotected that a share of all positions did not exceed; 0 without any.
    /// </summary>
    public long UnprotectedQuantileMs(double share)
    {
        var total = UnprotectedMs.Values.Sum();
        var seen = 0L;
        foreach (var (milliseconds, count) in UnprotectedMs)
        {
            seen += count;
            if (seen >= share * total) return milliseconds;
        }

        return 0;
    }
}
