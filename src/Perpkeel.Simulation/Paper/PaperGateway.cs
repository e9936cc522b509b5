using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Simulation.Paper.Post;
using Perpkeel.Venues;

namespace Perpkeel.Simulation.Paper;

/// <summary>
/// Orders out of the paper venue: makes messages of them, gives them to the way to the node, and waits for
/// what comes back.
/// </summary>
internal sealed class PaperGateway
{
    /// <summary>When it is worth to send again what was refused for later.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Outbox _outbox;
    private readonly PaperWorld _world;
    private readonly IReadOnlyList<Market> _markets;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset? _actedUntil;
    private readonly Action _arm;
    private readonly Dictionary<ClientOrderId, Posting.Place> _places = [];
    private readonly Dictionary<ClientOrderId, Posting> _cancels = [];
    private readonly Dictionary<long, TaskCompletionSource<TxResult>> _answers = [];
    private readonly Dictionary<long, DateTimeOffset> _answeredAt = [];
    private ulong _lastNonce;

    /// <summary>A gateway with all that was sent before under way again.</summary>
    public PaperGateway(
        Outbox outbox, PaperWorld world, IReadOnlyList<Market> markets, TimeProvider clock,
        DateTimeOffset? actedUntil, Action arm)
    {
        _outbox = outbox;
        _world = world;
        _markets = markets;
        _clock = clock;
        _actedUntil = actedUntil;
        _arm = arm;
        foreach (var posting in outbox.Postings) Follow(posting);
    }

    /// <summary>A message's answer has come, or nobody has answered in time.</summary>
    public void OnAnswer(Posting posting, TxResult result)
    {
        _answeredAt[posting.Number] = _clock.GetUtcNow();
        _answers[posting.Number].SetResult(result);
    }

    /// <summary>Places an order, once, however often it is asked for.</summary>
    public async Task<Result<Taken, VenueError>> PlaceAsync(
        OrderIntent order, CancellationToken cancellation)
    {
        // The same order is at the venue once, however often it is sent: it gets the answer it got.
        if (_places.TryGetValue(order.ClientId, out var sent))
        {
            var known = await AnswerOf(sent.Number).WaitAsync(cancellation);
            if (IsJustAnswered(sent) || !OrderMap.IsForLater(known)) return AnswerTo(order, known);
        }

        OrderMap.Check(order, _markets);
        await PresentAsync(order.IntendedAt, cancellation);
        var isShort = OrderMap.FlagsOf(order) == OrderFlags.ShortTerm;
        var posting = new Posting.Place
        {
            Number = _outbox.NextNumber,
            SentAt = _clock.GetUtcNow(),
            Nonce = NextNonce(),
            GoodTilBlock = isShort ? GoodTilBlock() : 0,
            GoodTilBlockTime = isShort ? 0 : GoodTilTime(order),
            Order = order,
        };
        return AnswerTo(order, await SendAsync(posting, cancellation));
    }

    private static Result<Taken, VenueError> AnswerTo(OrderIntent order, TxResult result)
    {
        if (result.IsOk) return new Taken(order.ClientId);
        if (OrderMap.IsThere(result) || OrderMap.IsLost(result))
        {
            return new VenueError.OutcomeUnknown(order.ClientId);
        }

        return OrderMap.IsForLater(result)
            ? Later(result)
            : new VenueError.Rejected($"{result.Codespace}/{result.Code}", result.Text);
    }

    /// <summary>Takes an order back.</summary>
    public async Task<Result<Taken, VenueError>> CancelAsync(
        ClientOrderId clientId, DateTimeOffset intendedAt, CancellationToken cancellation)
    {
        await PresentAsync(intendedAt, cancellation);
        if (!_places.TryGetValue(clientId, out var place)) return new Taken(clientId);
        if (_cancels.TryGetValue(clientId, out var sent) && sent.SentAt >= intendedAt)
        {
            var known = await AnswerOf(sent.Number).WaitAsync(cancellation);
            if (IsJustAnswered(sent)) return AnswerTo(clientId, known);
            if (!OrderMap.IsForLater(known) && !OrderMap.IsLost(known)) return new Taken(clientId);
        }

        if (_world.OrderOf(clientId) is { HasEnded: true }) return new Taken(clientId);

        var isShort = place.GoodTilBlock > 0;
        var posting = new Posting.Cancel
        {
            Number = _outbox.NextNumber,
            SentAt = _clock.GetUtcNow(),
            Nonce = NextNonce(),
            GoodTilBlock = isShort ? Math.Max(place.GoodTilBlock, GoodTilBlock()) : 0,
            GoodTilBlockTime = isShort ? 0 : Math.Max(place.GoodTilBlockTime, GoodTilTime()),
            Target = clientId,
        };
        return AnswerTo(clientId, await SendAsync(posting, cancellation));
    }

    private static Result<Taken, VenueError> AnswerTo(ClientOrderId cancelled, TxResult result)
    {
        if (OrderMap.IsLost(result)) return new VenueError.OutcomeUnknown(cancelled);
        return OrderMap.IsForLater(result) ? Later(result) : new Taken(cancelled);
    }

    /// <summary>
    /// Whether a message's answer has come at this very instant: after a restart a caller gets the answer
    /// that came while it was away, and sends again no earlier than it would have.
    /// </summary>
    private bool IsJustAnswered(Posting posting) =>
        _answeredAt.TryGetValue(posting.Number, out var at) && at == _clock.GetUtcNow();

    /// <summary>What became of an order, as far as its answer and the feed tell.</summary>
    public async Task<Result<LookUp, VenueError>> LookUpAsync(
        ClientOrderId clientId, CancellationToken cancellation)
    {
        if (!_places.TryGetValue(clientId, out var place))
        {
            return new LookUp(OrderPresence.Absent, "it never left for the venue");
        }

        var answer = await AnswerOf(place.Number).WaitAsync(cancellation);
        if (OrderMap.IsForLater(answer))
        {
            return new LookUp(OrderPresence.Absent, $"refused for the time being: {answer.Text}");
        }

        if (!answer.IsOk && !OrderMap.IsOpen(answer))
        {
            return new LookUp(OrderPresence.Refused, answer.Text)
            {
                Code = $"{answer.Codespace}/{answer.Code}",
            };
        }

        if (answer.IsOk)
        {
            return new LookUp(OrderPresence.Known, "a node took it; its end is told when it is proven");
        }

        return _world.OrderOf(clientId) is { IsKnown: true } or { HasEnded: true }
            ? new LookUp(OrderPresence.Known, "the account feed tells of it")
            : new LookUp(OrderPresence.Unknown, "no answer came, and nobody tells of it yet");
    }

    private static VenueError.Unavailable Later(TxResult result) =>
        new(result.ToString(), RetryAfter);

    /// <summary>Nothing is sent into a past that was lived already.</summary>
    private async Task PresentAsync(DateTimeOffset intendedAt, CancellationToken cancellation)
    {
        var from = intendedAt > _actedUntil || _actedUntil is null ? intendedAt : _actedUntil.Value;
        await ExactWait.WaitAsync(_clock, from - _clock.GetUtcNow(), cancellation);
    }

    private Task<TxResult> SendAsync(Posting posting, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _outbox.Send(posting);
        Follow(posting);
        _arm();
        return AnswerOf(posting.Number).WaitAsync(cancellation);
    }

    private void Follow(Posting posting)
    {
        if (posting is Posting.Place place) _places[posting.ClientId] = place;
        else _cancels[posting.ClientId] = posting;
        _lastNonce = Math.Max(_lastNonce, posting.Nonce);
        _answers.Add(posting.Number, new TaskCompletionSource<TxResult>());
        _world.Send(posting);
    }

    private Task<TxResult> AnswerOf(long number) => _answers[number].Task;

    private uint GoodTilBlock() =>
        _world.HeightFor(_outbox.NextNumber, _clock.GetUtcNow()) + 1 + OrderMap.ShortBlocks;

    private uint GoodTilTime() =>
        (uint)(_clock.GetUtcNow() + OrderMap.StandsFor).ToUnixTimeSeconds();

    private uint GoodTilTime(OrderIntent order) =>
        order.GoodTil is { } until ? (uint)until.ToUnixTimeSeconds() : GoodTilTime();

    private ulong NextNonce() =>
        Math.Max(_lastNonce + 1, (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds());
}
