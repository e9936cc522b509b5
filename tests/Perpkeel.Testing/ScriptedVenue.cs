using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Testing;

/// <summary>An order as a <see cref="ScriptedVenue"/> has it.</summary>
public sealed class ScriptedOrder(OrderIntent intent)
{
    /// <summary>The order as it arrived.</summary>
    public OrderIntent Intent => intent;

    /// <summary>Whether it was reported as opened.</summary>
    public bool IsOpen { get; internal set; }

    /// <summary>Whether its trigger was reported.</summary>
    public bool IsTriggered { get; internal set; }

    /// <summary>Whether its end was reported.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>Whether a cancel for it arrived that was not answered yet.</summary>
    public bool CancelArrived { get; internal set; }

    /// <summary>How much of it was filled.</summary>
    public Size Filled { get; internal set; }

    /// <summary>What may still fill.</summary>
    public Size Remaining => intent.Size - Filled;
}

/// <summary>
/// A venue that does what a test says: it takes effects, keeps the list of messages as they were on the wire,
/// and makes the reports that the test asks for, with the sequence that a venue would give them. Asked for an
/// account, it answers as <see cref="Reads"/> is told to.
/// </summary>
public sealed class ScriptedVenue : IAccountReader
{
    private readonly TimeProvider? _time;
    private readonly SortedList<ClientOrderId, ScriptedOrder> _orders = [];
    private readonly Dictionary<MarketId, Size> _positions = [];
    private readonly List<VenueReport> _reports = [];
    private readonly List<string> _wire = [];
    private readonly List<ClientOrderId> _lookUps = [];

    private DateTimeOffset _now;

    /// <summary>A venue on a clock, or on its own, which the test sets.</summary>
    public ScriptedVenue(TimeProvider? time = null)
    {
        _time = time;
        Reads = new ScriptedReads(time ?? new OwnTime(this));
    }

    /// <summary>The venue's time: that of its clock where it has one.</summary>
    public DateTimeOffset Now
    {
        get => _time?.GetUtcNow() ?? _now;
        set => _now = value;
    }

    /// <summary>How it answers when it is asked for an account.</summary>
    public ScriptedReads Reads { get; }

    /// <summary>Orders by id, also those that are over.</summary>
    public IReadOnlyDictionary<ClientOrderId, ScriptedOrder> Orders => _orders;

    /// <summary>Everything it has reported, in order.</summary>
    public IReadOnlyList<VenueReport> Reports => _reports;

    /// <summary>The messages that reached it, in words.</summary>
    public IReadOnlyList<string> Wire => _wire;

    /// <summary>Orders that it was asked for, the youngest last.</summary>
    public IReadOnlyList<ClientOrderId> LookUps => _lookUps;

    /// <summary>Orders that arrived and are not over.</summary>
    public IEnumerable<ScriptedOrder> Live => _orders.Values.Where(order => !order.IsOver);

    /// <summary>What it holds for the account.</summary>
    public Size PositionIn(MarketId market) => _positions.GetValueOrDefault(market);

    /// <summary>
    /// Takes what an effect sends. An id that is known already is the same order, heard twice.
    /// </summary>
    public void Take(Effect effect)
    {
        switch (effect)
        {
            case Effect.Place place:
                Arrive(place.Order.Intent);
                break;
            case Effect.Protect protect:
                Arrive(protect.Order.Intent);
                break;
            case Effect.Cancel cancel:
                _wire.Add(Invariant($"cancel {RoleOf(cancel.ClientId)} {cancel.ClientId}"));
                if (_orders.TryGetValue(cancel.ClientId, out var known)) known.CancelArrived = !known.IsOver;
                break;
            case Effect.LookUp lookUp:
                _wire.Add(Invariant($"look up {RoleOf(lookUp.ClientId)} {lookUp.ClientId}"));
                _lookUps.Add(lookUp.ClientId);
                break;
            default:
                _wire.Add(effect.GetType().Name);
                break;
        }
    }

    /// <inheritdoc/>
    public Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId account, CancellationToken cancellation) => Reads.ReadAsync(account, cancellation);

    /// <summary>Forgets an order that never arrived.</summary>
    public void Lose(ClientOrderId id) => _orders.Remove(id);

    /// <summary>Money comes in.</summary>
    public VenueReport Deposits(decimal amount) =>
        Add(new VenueReport.Deposited { Sequence = Next, At = Now, Amount = new Usd(amount) });

    /// <summary>It has the order.</summary>
    public VenueReport Opens(ClientOrderId id)
    {
        _orders[id].IsOpen = true;
        return Add(new VenueReport.Opened { Sequence = Next, At = Now, Order = _orders[id].Intent });
    }

    /// <summary>It refuses the order.</summary>
    public VenueReport Rejects(ClientOrderId id)
    {
        _orders[id].IsOver = true;
        return Add(new VenueReport.Rejected
        {
            Sequence = Next,
            At = Now,
            ClientId = id,
            Code = "scripted",
            Message = "The script says no.",
        });
    }

    /// <summary>The order's trigger is reached.</summary>
    public VenueReport Triggers(ClientOrderId id, decimal oracle)
    {
        _orders[id].IsTriggered = true;
        return Add(new VenueReport.Triggered
        {
            Sequence = Next,
            At = Now,
            ClientId = id,
            Oracle = new Price(oracle),
        });
    }

    /// <summary>Some of the order is filled.</summary>
    public VenueReport Fills(ClientOrderId id, decimal size, decimal price, decimal fee)
    {
        var order = _orders[id];
        order.Filled += new Size(size);
        Move(order.Intent.Market, order.Intent.Side, size);
        return Add(new VenueReport.Filled
        {
            Sequence = Next,
            At = Now,
            ClientId = id,
            Market = order.Intent.Market,
            Side = order.Intent.Side,
            Price = new Price(price),
            Size = new Size(size),
            Fee = new Usd(fee),
            Kind = FillKind.Taker,
        });
    }

    /// <summary>The order is over.</summary>
    public VenueReport Ends(ClientOrderId id, OrderEnding ending)
    {
        var order = _orders[id];
        order.IsOver = true;
        order.CancelArrived = false;
        return Add(new VenueReport.Ended
        {
            Sequence = Next,
            At = Now,
            ClientId = id,
            Ending = ending,
            FilledSize = order.Filled,
        });
    }

    /// <summary>It does not cancel the order.</summary>
    public VenueReport RefusesCancel(ClientOrderId id)
    {
        if (_orders.TryGetValue(id, out var order)) order.CancelArrived = false;
        return Add(new VenueReport.CancelRefused { Sequence = Next, At = Now, ClientId = id });
    }

    /// <summary>Funding is settled.</summary>
    public VenueReport PaysFunding(MarketId market, decimal payment) => Add(new VenueReport.FundingPaid
    {
        Sequence = Next,
        At = Now,
        Market = market,
        HourlyRate = 0.0000125m,
        Payment = new Usd(payment),
    });

    /// <summary>It closes some of a position itself.</summary>
    public VenueReport Liquidates(MarketId market, decimal size, decimal price, decimal fee)
    {
        var side = Sides.Of(PositionIn(market).Value).Opposite();
        Move(market, side, size);
        return Add(new VenueReport.Liquidated
        {
            Sequence = Next,
            At = Now,
            Market = market,
            Side = side,
            Price = new Price(price),
            Size = new Size(size),
            Fee = new Usd(fee),
            Kind = FillKind.Liquidated,
        });
    }

    private long Next => _reports.Count + 1;

    private void Arrive(OrderIntent intent)
    {
        _wire.Add(InWords(intent));
        _orders.TryAdd(intent.ClientId, new ScriptedOrder(intent));
    }

    private void Move(MarketId market, Side side, decimal size) =>
        _positions[market] = PositionIn(market) + new Size(size * side.Sign());

    private VenueReport Add(VenueReport report)
    {
        _reports.Add(report);
        return report;
    }

    private string RoleOf(ClientOrderId id) =>
        _orders.TryGetValue(id, out var order) ? Lower(order.Intent.Role) : "order";

    private static string InWords(OrderIntent order)
    {
        var trigger = order.Trigger is { } at ? Invariant($" trigger {at}") : "";
        var reduceOnly = order.ReduceOnly ? " reduce-only" : "";
        return Invariant($"place {Lower(order.Role)} {order.ClientId}: {Lower(order.Side)} {order.Size} ")
            + Invariant($"{order.Market}{trigger} limit {order.Limit}{reduceOnly}");
    }

    private static string Lower<T>(T name)
        where T : struct, Enum => name.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private sealed class OwnTime(ScriptedVenue venue) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => venue.Now;
    }
}
