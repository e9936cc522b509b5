using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Runtime.Sessions;
using Perpkeel.Runtime.Time;
using Perpkeel.Testing;

namespace Perpkeel.Runtime.Tests.Sessions;

/// <summary>A session on a virtual clock and a log in memory, with what came out of it.</summary>
internal sealed class Desk
{
    public static readonly AccountId Account = new("paper", "simulation", "desk");

    private long _venueSequence;

    public Desk(MemoryRecordLog? log = null, DateTimeOffset? startsAt = null)
    {
        Clock = new VirtualClock(startsAt ?? Samples.Start);
        Log = log ?? new MemoryRecordLog();
        Engine = new AccountEngine(Samples.Markets, new RiskLimits { Cooldown = TimeSpan.Zero });
        Session = new AccountSession(Engine, new FactLog(Log, Account), Clock, Clock);
        Session.EffectDue += (_, due) => Effects.Add(due.Effect);
        Session.FactRecorded += (_, recorded) => Facts.Add(recorded.Fact.Fact);
        _venueSequence = Session.State.LastVenueSequence;
    }

    public VirtualClock Clock { get; }

    public MemoryRecordLog Log { get; }

    public AccountEngine Engine { get; }

    public AccountSession Session { get; }

    public List<Effect> Effects { get; } = [];

    public List<Fact> Facts { get; } = [];

    public int Durable => Log.Durable(Account.ToString()).Count;

    public AccountState State => Session.State;

    /// <summary>The next process on what this one has left.</summary>
    public Desk Restarted(DateTimeOffset? startsAt = null) => new(Log.Survivor(), startsAt ?? Clock.Now);

    public Desk Opened(decimal deposit = 10_000m)
    {
        Session.Post(new Request.Open(new ClientOrderId(1_000), "tests"));
        return Hear(sequence => new VenueReport.Deposited
        {
            Sequence = sequence,
            At = Clock.Now,
            Amount = new Usd(deposit),
        });
    }

    public Desk Entering(Side side = Side.Buy, Market? market = null)
    {
        Session.Post(Enter(side, market));
        return Instant();
    }

    public static Request.Enter Enter(Side side = Side.Buy, Market? market = null) => new(
        Samples.Enter(side, market), Samples.Facts(market: market), []);

    /// <summary>The stop rests, the entry is filled: the position is open and protected.</summary>
    public Desk Holding() => Opened().Entering().Accept(OrderRole.Stop).Accept(OrderRole.Entry).FillEntry();

    public Desk Accept(OrderRole role)
    {
        var order = Order(role).Intent;
        return Hear(
            sequence => new VenueReport.Opened { Sequence = sequence, At = Clock.Now, Order = order });
    }

    public Desk End(OrderRole role, OrderEnding ending) => Hear(sequence => new VenueReport.Ended
    {
        Sequence = sequence,
        At = Clock.Now,
        ClientId = Order(role).Intent.ClientId,
        Ending = ending,
        FilledSize = Order(role).Filled,
    });

    public Desk Fill(OrderRole role, decimal price)
    {
        var order = Order(role).Intent;
        return Hear(sequence => new VenueReport.Filled
        {
            Sequence = sequence,
            At = Clock.Now,
            ClientId = order.ClientId,
            Market = order.Market,
            Side = order.Side,
            Price = new Price(price),
            Size = order.Size,
            Fee = new Usd(1m),
            Kind = FillKind.Taker,
        }).End(role, OrderEnding.Filled);
    }

    public Desk FillEntry() => Fill(OrderRole.Entry, 100_005m);

    public OrderState Order(OrderRole role) =>
        State.Orders.Values.Last(order => order.Intent.Role == role);

    public Desk Hear(Func<long, VenueReport> report)
    {
        Session.Post(new Request.Hear(report(++_venueSequence)));
        return Instant();
    }

    /// <summary>Does what is due now.</summary>
    public Desk Instant()
    {
        Clock.RunUntil(Clock.Now);
        return this;
    }

    public Desk Wait(double seconds)
    {
        Clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
        Clock.RunUntil(Clock.Now.AddSeconds(seconds));
        return this;
    }
}
