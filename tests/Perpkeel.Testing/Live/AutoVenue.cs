using System.Threading.Channels;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Core.Risk;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Live;

/// <summary>
/// A venue in memory that acts by itself on a clock: it opens, fills, triggers and cancels after the time
/// that messages and blocks take, and does with each order what a script says. It outlives the processes
/// that talk to it. Asked for the account, it answers from its books, or as <see cref="Reads"/> is told to.
/// </summary>
public sealed class AutoVenue : IOrderGateway, IAccountFeed, IAccountReader
{
    private const int MostReports = 65_536;

    private readonly TimeProvider _clock;
    private readonly AutoMatching _matching;
    private readonly SortedList<ClientOrderId, AutoOrder> _orders = [];
    private readonly Dictionary<OrderRole, Queue<OrderScript>> _scripts = [];
    private readonly Dictionary<OrderRole, Queue<CancelScript>> _cancels = [];
    private readonly Dictionary<ClientOrderId, CancelScript> _cancelOf = [];
    private readonly List<string> _violations = [];
    private Channel<VenueReport>? _reader;

    /// <summary>An account without money at a venue with some markets.</summary>
    public AutoVenue(AccountId account, IReadOnlyList<Market> markets, TimeProvider clock)
    {
        Account = account;
        Markets = markets;
        _clock = clock;
        Books = new AutoBooks(markets);
        Bare = new BareWatch(this);
        Reads = new ScriptedReads(clock);
        _matching = new AutoMatching(this);
        foreach (var market in markets) Books.SetPrice(market.Id, 100m);
        Changed();
    }

    /// <summary>Time that a message takes, each way.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time until what was taken matches.</summary>
    public TimeSpan Block { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time until a call whose answer is lost ends as unknown.</summary>
    public TimeSpan GivenUpAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Time after which it is proven that an order which never came will not come.</summary>
    public TimeSpan ProvenAfter { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How much later than it happens something is reported.</summary>
    public TimeSpan ReportDelay { get; set; } = TimeSpan.FromMilliseconds(60);

    /// <summary>Whether every report is told twice.</summary>
    public bool TellsTwice { get; set; }

    /// <summary>Called when the venue has an order for the first time.</summary>
    public Action<AutoOrder>? Arrived { get; set; }

    /// <summary>The account.</summary>
    public AccountId Account { get; }

    /// <summary>Its markets.</summary>
    public IReadOnlyList<Market> Markets { get; }

    /// <summary>Money, positions, prices and reports.</summary>
    public AutoBooks Books { get; }

    /// <summary>Which positions are bare.</summary>
    public BareWatch Bare { get; }

    /// <summary>How it answers when it is asked for the account.</summary>
    public ScriptedReads Reads { get; }

    /// <summary>Orders that anybody tried to place, by id.</summary>
    public IReadOnlyDictionary<ClientOrderId, AutoOrder> Orders => _orders;

    /// <summary>Orders that stand there.</summary>
    public IEnumerable<AutoOrder> Live => _orders.Values.Where(order => order.IsLive);

    /// <summary>What must never happen and did: one id with two contents.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Calls that looked an order up.</summary>
    public int LookUps { get; private set; }

    /// <summary>Engine time.</summary>
    internal DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>The next order of a role that is not scripted yet is treated so.</summary>
    public AutoVenue Next(OrderRole role, OrderScript script)
    {
        Queue(_scripts, role).Enqueue(script);
        return this;
    }

    /// <summary>The next cancellation of an order of a role is treated so.</summary>
    public AutoVenue NextCancel(OrderRole role, CancelScript script)
    {
        Queue(_cancels, role).Enqueue(script);
        return this;
    }

    /// <summary>Where a market's price stands from now on; wakes and fills what it reaches.</summary>
    public void SetPrice(Market market, decimal price)
    {
        ArgumentNullException.ThrowIfNull(market);
        Books.SetPrice(market.Id, price);
        Changed();
        foreach (var order in Live.Where(order => order.Intent.Market == market.Id).ToList())
        {
            _matching.OnPrice(order);
        }
    }

    /// <summary>Money comes in, or goes out where it is negative.</summary>
    public void Deposit(decimal amount)
    {
        Books.Pay(amount);
        Tell(new VenueReport.Deposited { Sequence = Books.Next, At = Now, Amount = new Usd(amount) });
    }

    /// <summary>The venue ends an order by itself.</summary>
    public void Drop(OrderRole role, OrderEnding ending = OrderEnding.Expired)
    {
        foreach (var order in Live.Where(order => order.Intent.Role == role).ToList()) End(order, ending);
    }

    /// <summary>The venue closes a position for want of margin.</summary>
    public void Liquidate(Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        var held = Books.SizeIn(market.Id);
        if (held == 0m) return;
        var side = Sides.Of(held).Opposite();
        var price = market.FloorToTick(Books.Price(market.Id));
        var fee = Books.Trade(market.Id, side, price, new Size(Math.Abs(held)), 0.015m);
        Tell(new VenueReport.Liquidated
        {
            Sequence = Books.Next,
            At = Now,
            Market = market.Id,
            Side = side,
            Price = price,
            Size = new Size(Math.Abs(held)),
            Fee = fee,
            Kind = FillKind.Liquidated,
        });
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> PlaceAsync(ApprovedOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return SendAsync(order.Intent, cancellation);
    }

    /// <inheritdoc/>
    public Task<Result<Taken, VenueError>> ProtectAsync(
        ApprovedProtection order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        return SendAsync(order.Intent, cancellation);
    }

    /// <inheritdoc/>
    public async Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation)
    {
        var order = _orders.GetValueOrDefault(clientId);
        var script = order is null ? CancelScript.Usual : CancelOf(order);
        if (order is not null) order.Cancels++;
        var isScripted = order?.Cancels <= script.Times;
        var answer = isScripted ? script.Answer : CallAnswer.Taken;
        var arrives = answer == CallAnswer.Taken || (answer == CallAnswer.Lost && script.Arrives);
        if (order is not null && arrives)
        {
            After(Latency, () => _matching.OnCancel(order, isScripted ? script : CancelScript.Usual));
        }

        await WaitAsync(answer == CallAnswer.Lost ? GivenUpAfter : Latency * 2, cancellation);
        return answer switch
        {
            CallAnswer.Lost => new VenueError.OutcomeUnknown(clientId),
            CallAnswer.Unavailable => new VenueError.Unavailable("scripted", null),
            CallAnswer.Refused => new VenueError.Rejected("scripted", "The script does not cancel."),
            _ => order is { HasArrived: true }
                ? new Taken(clientId)
                : new VenueError.Rejected("unknown-order", "There is no such order."),
        };
    }

    /// <inheritdoc/>
    public async Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation)
    {
        LookUps++;
        await WaitAsync(Latency * 2, cancellation);
        if (!_orders.TryGetValue(clientId, out var order))
        {
            return new LookUp(OrderPresence.Absent, "nobody ever sent it");
        }

        if (order.HasArrived) return new LookUp(OrderPresence.Known, "it came");
        return order.UnderWay > 0 || Now - order.SentAt < ProvenAfter
            ? new LookUp(OrderPresence.Unknown, "it may still come")
            : new LookUp(OrderPresence.Absent, "it did not come in time");
    }

    /// <inheritdoc/>
    public ChannelReader<VenueReport> Subscribe(long afterSequence)
    {
        _reader = Channel.CreateBounded<VenueReport>(MostReports);
        foreach (var report in Books.Reports.Skip((int)afterSequence)) _reader.Writer.TryWrite(report);
        return _reader.Reader;
    }

    /// <inheritdoc/>
    public Task<Result<AccountReading, AccountError>> ReadAsync(
        AccountId account, CancellationToken cancellation) => Reads.ReadAsync(account, cancellation);

    /// <summary>Does something later.</summary>
    internal void After(TimeSpan wait, Action action) =>
        _clock.CreateTimer(_ => action(), null, wait, Timeout.InfiniteTimeSpan);

    /// <summary>Reports something that has happened.</summary>
    internal void Tell(VenueReport report)
    {
        Books.Add(report);
        Changed();
        After(ReportDelay, () =>
        {
            var times = TellsTwice ? 2 : 1;
            for (var i = 0; i < times; i++)
            {
                if (_reader?.Writer.TryWrite(report) is false)
                {
                    throw new InvalidOperationException("Nobody reads the account's reports any more.");
                }
            }
        });
    }

    /// <summary>An order is over.</summary>
    internal void End(AutoOrder order, OrderEnding ending)
    {
        if (order.IsOver) return;
        order.IsOver = true;
        Tell(new VenueReport.Ended
        {
            Sequence = Books.Next,
            At = Now,
            ClientId = order.Intent.ClientId,
            Ending = ending,
            FilledSize = order.Filled,
        });
    }

    private async Task<Result<Taken, VenueError>> SendAsync(
        OrderIntent intent, CancellationToken cancellation)
    {
        var order = Known(intent);
        order.Attempts++;
        order.SentAt = Now;
        var script = order.Script;
        var answer = order.Attempts <= script.Times ? script.Answer : CallAnswer.Taken;
        if (answer == CallAnswer.Taken || (answer == CallAnswer.Lost && script.Arrives))
        {
            order.UnderWay++;
            After(script.ArrivesAfter ?? Latency, () => _matching.OnArrival(order));
        }

        await WaitAsync(
            script.AnswerAfter ?? (answer == CallAnswer.Lost ? GivenUpAfter : Latency * 2), cancellation);
        return answer switch
        {
            CallAnswer.Lost => new VenueError.OutcomeUnknown(intent.ClientId),
            CallAnswer.Unavailable => new VenueError.Unavailable("scripted", script.RetryAfter),
            CallAnswer.Refused => new VenueError.Rejected("scripted", "The script says no."),
            _ => new Taken(intent.ClientId),
        };
    }

    private AutoOrder Known(OrderIntent intent)
    {
        if (_orders.TryGetValue(intent.ClientId, out var known))
        {
            if (known.Intent != intent) _violations.Add($"{intent.ClientId} was sent with two contents");
            return known;
        }

        var script = Queue(_scripts, intent.Role).TryDequeue(out var next) ? next : OrderScript.Usual;
        var order = new AutoOrder(intent, script);
        _orders.Add(intent.ClientId, order);
        return order;
    }

    private CancelScript CancelOf(AutoOrder order)
    {
        var id = order.Intent.ClientId;
        if (_cancelOf.TryGetValue(id, out var known)) return known;
        var script = Queue(_cancels, order.Intent.Role).TryDequeue(out var next) ? next : CancelScript.Usual;
        _cancelOf.Add(id, script);
        return script;
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellation) =>
        Task.Delay(wait, _clock, cancellation);

    private void Changed()
    {
        Reads.Has(Account, Books.Pool());
        Bare.Look(Now);
    }

    private static Queue<T> Queue<T>(Dictionary<OrderRole, Queue<T>> scripts, OrderRole role)
    {
        if (!scripts.TryGetValue(role, out var queue)) scripts.Add(role, queue = new Queue<T>());
        return queue;
    }
}
