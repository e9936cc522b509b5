using System.Threading.Channels;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Venues;

namespace Perpkeel.Testing.Conformance;

/// <summary>
/// A venue under test with everything that was heard of it, and the words in which cases are written. Prices
/// are shares of a round price, sizes shares of the round size.
/// </summary>
public sealed class ConformanceScene
{
    /// <summary>In dollars: what a usual order is about worth.</summary>
    public const decimal UsualUsd = 1_000m;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly List<VenueReport> _reports = [];
    private readonly List<MarketEvent> _events = [];
    private ChannelReader<VenueReport> _heard;
    private uint _lastId = 100;
    private decimal _price;

    /// <summary>Begins to listen.</summary>
    public ConformanceScene(IVenueUnderTest venue)
    {
        ArgumentNullException.ThrowIfNull(venue);
        Venue = venue;
        _heard = venue.Account.Subscribe(0);
    }

    /// <summary>The venue.</summary>
    public IVenueUnderTest Venue { get; }

    /// <summary>The market in which cases trade.</summary>
    public Market Market => Venue.Markets.Markets[0];

    /// <summary>What the account was told.</summary>
    public IReadOnlyList<VenueReport> Reports => _reports;

    /// <summary>What was told of markets, since the last start.</summary>
    public IReadOnlyList<MarketEvent> Events => _events;

    /// <summary>The size of a usual order.</summary>
    public Size Usual => SizeOf(1m);

    /// <summary>A share of the usual size, on the grid.</summary>
    public Size SizeOf(decimal share) => Market.FloorToStep(UsualUsd * share / _price);

    /// <summary>A share of the price with which the case began, on the grid.</summary>
    public Price At(decimal share) => Market.FloorToTick(_price * share);

    /// <summary>
    /// The case begins: the deposit was told, the oracle has a price, and others offer a wide book around it:
    /// ten usual sizes a thousandth away on either side.
    /// </summary>
    public async Task BeginAsync()
    {
        await UntilAsync(() => _reports.Count > 0, "the first report");
        await UntilAsync(() => Oracle() is not null, "an oracle price");
        _price = Oracle()!.Value.Value;
        await ShowAsync((Side.Buy, 0.999m, 10m), (Side.Sell, 1.001m, 10m));
    }

    /// <summary>Others offer exactly this, in shares of the price and of the usual size.</summary>
    public async Task ShowAsync(params (Side Side, decimal Price, decimal Size)[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        await Venue.ShowBookAsync(
            Market,
            [.. levels.Select(each => new OthersLevel(each.Side, At(each.Price), SizeOf(each.Size)))]);
        await PassAsync(2);
    }

    /// <summary>The oracle moves, and it is waited for until that is told.</summary>
    public async Task MoveOracleAsync(decimal share)
    {
        await Venue.MoveOracleAsync(Market, At(share));
        await UntilAsync(() => Oracle() == At(share), $"the oracle price {At(share).Value}");
    }

    /// <summary>A counterparty takes.</summary>
    public async Task TakeAsync(Side side, decimal limit, decimal size)
    {
        await Venue.TakeAsync(Market, side, At(limit), SizeOf(size));
        await PassAsync(2);
    }

    /// <summary>So many seconds pass.</summary>
    public async Task PassAsync(double seconds)
    {
        await Venue.PassAsync(TimeSpan.FromSeconds(seconds));
        Listen();
    }

    /// <summary>All that follows from what was done is told.</summary>
    public Task SettleAsync() => PassAsync(Venue.Patience.TotalSeconds);

    /// <summary>Time passes until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        ArgumentNullException.ThrowIfNull(isSo);
        var last = Venue.Now + Venue.Patience;
        Listen();
        while (!isSo())
        {
            Conforms.That(Venue.Now < last, $"{what} did not come within {Venue.Patience}: {Told()}");
            await Venue.PassAsync(Step);
            Listen();
        }
    }

    /// <summary>A new order.</summary>
    public OrderIntent Order(
        OrderKind kind, Side side, decimal size, decimal limit, decimal? trigger = null,
        bool reduceOnly = false) => new()
        {
            ClientId = new ClientOrderId(++_lastId),
            Bracket = 1,
            Market = Market.Id,
            Role = reduceOnly ? OrderRole.Stop : OrderRole.Entry,
            Kind = kind,
            Side = side,
            Size = SizeOf(size),
            Limit = At(limit),
            Trigger = trigger is { } share ? At(share) : null,
            ReduceOnly = reduceOnly,
            IntendedAt = Venue.Now,
        };

    /// <summary>Sends an order and lets time pass until it is answered.</summary>
    public Task<Result<Taken, VenueError>> PlaceAsync(OrderIntent order) =>
        AnswerAsync(Send(order, CancellationToken.None));

    /// <summary>Sends an order; its answer comes when time passes.</summary>
    public Task<Result<Taken, VenueError>> Send(OrderIntent order, CancellationToken cancellation) =>
        AccountEngine.Send(order) is Effect.Protect protect
            ? Venue.Orders.ProtectAsync(protect.Order, cancellation)
            : Venue.Orders.PlaceAsync(((Effect.Place)AccountEngine.Send(order)).Order, cancellation);

    /// <summary>Sends an order that is taken.</summary>
    public async Task<OrderIntent> TakenAsync(OrderIntent order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var result = await PlaceAsync(order);
        Conforms.That(result.TryGet(out var taken, out var error), $"{order} was not taken: {error}");
        Conforms.Same(order.ClientId, taken.ClientId, "the answer's order");
        return order;
    }

    /// <summary>Sends an order and waits until the venue has told that it is there.</summary>
    public async Task<OrderIntent> OpenedAsync(OrderIntent order)
    {
        await TakenAsync(order);
        await UntilAsync(() => Of<VenueReport.Opened>(order).Any(), $"the opening of {order.ClientId}");
        return order;
    }

    /// <summary>Buys or sells at the market what others offer, and waits until that is over.</summary>
    public async Task<VenueReport.Ended> TradeAsync(Side side, decimal size)
    {
        var limit = side == Side.Buy ? 1.05m : 0.95m;
        var order = await TakenAsync(Order(OrderKind.Market, side, size, limit));
        return await EndAsync(order);
    }

    /// <summary>Takes an order back, which is never refused.</summary>
    public async Task CancelAsync(OrderIntent order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var answer = await AnswerAsync(
            Venue.Orders.CancelAsync(order.ClientId, Venue.Now, CancellationToken.None));
        Conforms.That(answer.TryGet(out _, out var error), $"the cancel of {order.ClientId}: {error}");
    }

    /// <summary>Asks for an order.</summary>
    public async Task<LookUp> LookUpAsync(ClientOrderId id)
    {
        var answer = await AnswerAsync(Venue.Orders.LookUpAsync(id, CancellationToken.None));
        Conforms.That(answer.TryGet(out var found, out var error), $"the look-up of {id}: {error}");
        return found;
    }

    /// <summary>Lets time pass until something is answered.</summary>
    public async Task<T> AnswerAsync<T>(Task<T> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        await UntilAsync(() => answer.IsCompleted, "an answer");
        return await answer;
    }

    /// <summary>Waits for the end of an order, which is told once.</summary>
    public async Task<VenueReport.Ended> EndAsync(OrderIntent order)
    {
        await UntilAsync(() => Of<VenueReport.Ended>(order).Any(), $"the end of {order?.ClientId}");
        return Of<VenueReport.Ended>(order).First();
    }

    /// <summary>The end of an order after everything was told: how, and how much of it was filled.</summary>
    public async Task EndsAsync(OrderIntent order, OrderEnding ending, Size filled)
    {
        var end = await EndAsync(order);
        await SettleAsync();
        Conforms.Same(1, Of<VenueReport.Ended>(order).Count(), "ends of the order");
        Conforms.Same(ending, end.Ending, "how it ended");
        Conforms.Same(filled, end.FilledSize, "what was filled of it");
        Conforms.Same(
            filled.Value, Of<VenueReport.Filled>(order).Sum(fill => fill.Size.Value), "its fills together");
    }

    /// <summary>What was told of an order, of one kind.</summary>
    public IEnumerable<T> Of<T>(OrderIntent? order)
        where T : VenueReport => _reports.OfType<T>().Where(report => IdOf(report) == order?.ClientId);

    /// <summary>The kinds of reports of an order, in order.</summary>
    public string StoryOf(OrderIntent order) => string.Join(
        ", ",
        _reports.Where(report => IdOf(report) == order?.ClientId).Select(report => report.GetType().Name));

    /// <summary>The last oracle price that was told; null for none.</summary>
    public Price? Oracle()
    {
        var last = _events.FindLast(each =>
            each.Kind == MarketEventKind.Oracle && each.Market == Market.Index);
        return last.Kind == MarketEventKind.None
            ? null
            : new Price(last.OraclePrice * Decimals.PowerOfTen(Market.OracleExponent));
    }

    /// <summary>The position that the venue has.</summary>
    public async Task PositionIsAsync(Size size)
    {
        var told = _reports.OfType<VenueReport.Filled>().Sum(fill => fill.Side.Sign() * fill.Size.Value)
            + _reports.OfType<VenueReport.Liquidated>().Sum(fill => fill.Side.Sign() * fill.Size.Value);
        Conforms.Same(size.Value, told, "the position that follows from reports");
        Conforms.Same(size, await Venue.PositionAsync(Market), "the venue's position");
    }

    /// <summary>The money that follows from reports is the venue's own, to the last digit.</summary>
    public async Task BalanceAgreesAsync()
    {
        var told = _reports.Sum(static report => report switch
        {
            VenueReport.Deposited deposited => deposited.Amount.Value,
            VenueReport.Filled fill =>
                -(fill.Side.Sign() * fill.Price.Value * fill.Size.Value) - fill.Fee.Value,
            VenueReport.Liquidated fill =>
                -(fill.Side.Sign() * fill.Price.Value * fill.Size.Value) - fill.Fee.Value,
            VenueReport.FundingPaid paid => paid.Payment.Value,
            _ => 0m,
        });
        Conforms.Same((await Venue.BalanceAsync()).Value, told, "the money that follows from reports");
    }

    /// <summary>Reports are numbered from one without holes.</summary>
    public void SequenceIsWhole()
    {
        for (var i = 0; i < _reports.Count; i++)
        {
            Conforms.Same(i + 1L, _reports[i].Sequence, "a report's sequence");
        }
    }

    /// <summary>Our side starts anew and hears what came after the last report that it knows.</summary>
    public async Task RestartAsync()
    {
        Listen();
        await Venue.RestartAsync();
        _events.Clear();
        _heard = Venue.Account.Subscribe(_reports.Count);
        Listen();
    }

    /// <summary>Forgets what was heard and subscribes after a sequence.</summary>
    public void SubscribeAgain(int after)
    {
        Listen();
        _reports.RemoveRange(after, _reports.Count - after);
        _heard = Venue.Account.Subscribe(after);
        Listen();
    }

    private static ClientOrderId? IdOf(VenueReport report) => report switch
    {
        VenueReport.Opened opened => opened.Order.ClientId,
        VenueReport.Rejected rejected => rejected.ClientId,
        VenueReport.Triggered triggered => triggered.ClientId,
        VenueReport.Filled filled => filled.ClientId,
        VenueReport.Ended ended => ended.ClientId,
        VenueReport.CancelRefused refused => refused.ClientId,
        _ => null,
    };

    private void Listen()
    {
        while (_heard.TryRead(out var report)) _reports.Add(report);
        while (Venue.Markets.Events.TryRead(out var next)) _events.Add(next);
    }

    private string Told() => string.Join("; ", _reports.TakeLast(8).Select(report => report.ToString()));
}
