using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Account;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Simulation.Paper.Flow;
using Perpkeel.Simulation.Paper.Post;

namespace Perpkeel.Simulation.Paper;

/// <summary>What the parts of a paper world share.</summary>
internal sealed record WorldParts
{
    /// <summary>What is to be done when.</summary>
    public required Agenda Agenda { get; init; }

    /// <summary>How long messages take.</summary>
    public required Delays Delays { get; init; }

    /// <summary>Which faults happen.</summary>
    public required FaultDice Dice { get; init; }

    /// <summary>The chain.</summary>
    public required ChainVenue Chain { get; init; }

    /// <summary>The markets around the account.</summary>
    public required MarketsFlow Flow { get; init; }

    /// <summary>What sources tell those who ask for it.</summary>
    public required SourceDetails Details { get; init; }

    /// <summary>The account.</summary>
    public required SubaccountKey Account { get; init; }

    /// <summary>What blocks mean to it.</summary>
    public required AccountIndexer Indexer { get; init; }

    /// <summary>What it is told.</summary>
    public required AccountTale Tale { get; init; }

    /// <summary>How it is told.</summary>
    public required AccountStream Stream { get; init; }

    /// <summary>The markets.</summary>
    public required IReadOnlyDictionary<MarketId, Market> Markets { get; init; }

    /// <summary>How long an answer is waited for; then what became of the message is unknown.</summary>
    public required TimeSpan Deadline { get; init; }
}

/// <summary>The way of our messages to the node, and of its answers back.</summary>
internal sealed class NodeLine(WorldParts world, IPaperListener listener)
{
    private static readonly TimeSpan RefusalWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RaceDelay = TimeSpan.FromSeconds(4);

    private readonly Dictionary<ClientOrderId, Posting.Place> _places = [];
    private readonly HashSet<long> _answered = [];
    private readonly HashSet<long> _refused = [];
    private readonly int[] _underWay = new int[world.Markets.Count];

    /// <summary>No answer came in time.</summary>
    public static TxResult Lost => new("lost", 1, "no answer in time");

    /// <summary>Whether a message to a market is under way.</summary>
    public bool IsUnderWay(int market) => _underWay[market] > 0;

    /// <summary>A message leaves.</summary>
    public void Leave(Posting posting)
    {
        var number = posting.Number;
        if (posting is Posting.Place place) _places[posting.ClientId] = place;

        // Which height it was made with is long decided; here it is counted, in every life.
        _ = world.Dice.Hits(FaultKind.NodeBehind, number) || world.Dice.Hits(FaultKind.NodeLies, number);
        if (world.Dice.Hits(FaultKind.EndpointFailing, number))
        {
            Answer(posting, new("http", 1, "connection refused"), posting.SentAt);
            return;
        }

        if (world.Dice.Hits(FaultKind.RateLimit, number))
        {
            Answer(posting, new("http", 429, "too many requests"), posting.SentAt);
            return;
        }

        if (posting is Posting.Place placed)
        {
            world.Tale.Await(
                placed.Order, world.Markets[placed.Order.Market], placed.GoodTilBlock, number);
        }

        world.Agenda.Add(
            posting.SentAt + world.Deadline, AgendaKind.Answer, number, now => Tell(posting, Lost, now));
        if (world.Dice.Hits(FaultKind.TxDropped, number)) return;
        var arrival = world.Delays.Arrival(Way.ToNode, number, posting.SentAt);
        if (world.Dice.Hits(FaultKind.TxDelayed, number))
        {
            arrival += TimeSpan.FromMilliseconds(
                world.Dice.Between(FaultKind.TxDelayed, number, 1_000, 20_000));
        }

        Travel(posting, arrival, Arrive);
        if (world.Dice.Hits(FaultKind.TxDuplicated, number))
        {
            Travel(posting, arrival + TimeSpan.FromSeconds(1), SubmitAgain);
        }
    }

    /// <summary>A node that refused the bytes refuses them again; one that took them has them.</summary>
    private void SubmitAgain(Posting posting, DateTimeOffset at)
    {
        if (!_refused.Contains(posting.Number)) _ = Submit(posting, at);
    }

    private void Travel(Posting posting, DateTimeOffset due, Action<Posting, DateTimeOffset> arrive)
    {
        var market = MarketOf(posting).Index;
        _underWay[market]++;
        world.Agenda.Add(due, AgendaKind.Arrival, posting.Number, at =>
        {
            _underWay[market]--;
            arrive(posting, at);
        });
    }

    private void Arrive(Posting posting, DateTimeOffset at)
    {
        var number = posting.Number;
        var result = TxResult.Ok;
        if (world.Dice.Hits(FaultKind.NeverProposed, number))
        {
            if (posting is Posting.Place { GoodTilBlock: > 0 })
            {
                world.Stream.Tell(at, [new IndexerMessage.Opened(posting.ClientId) { At = at }]);
            }
        }
        else if (IsRace(posting))
        {
            world.Flow.PushOracle(MarketOf(posting).Index, _places[posting.ClientId].Order, at);
            Travel(posting, at + RaceDelay, (late, then) => _ = Submit(late, then));
        }
        else
        {
            result = Submit(posting, at);
            if (result.IsOk && IsFilledLate(posting))
            {
                world.Flow.TakeResting(MarketOf(posting).Index, _places[posting.ClientId].Order, at);
            }
        }

        if (world.Dice.Hits(FaultKind.AnswerLost, number)) return;
        var slow = world.Dice.Hits(FaultKind.EndpointSlow, number)
            ? world.Dice.Between(FaultKind.EndpointSlow, number, 5_000, 30_000)
            : 0;
        Answer(posting, result, at, TimeSpan.FromMilliseconds(slow));
    }

    private bool IsRace(Posting posting) =>
        posting is Posting.Cancel { GoodTilBlock: 0 }
        && _places[posting.ClientId].Order.IsConditional
        && world.Dice.Hits(FaultKind.StopRace, posting.Number);

    private bool IsFilledLate(Posting posting) =>
        posting is Posting.Cancel
        && _places[posting.ClientId].Order.MayRest
        && world.Chain.StatefulOrder(IdOf(posting)) is { Slot: not LiveOrder.NoSlot }
        && world.Dice.Hits(FaultKind.LateFill, posting.Number);

    private ChainOrderId IdOf(Posting posting) => new(
        world.Account, posting.ClientId.Value, OrderMap.FlagsOf(_places[posting.ClientId].Order),
        MarketOf(posting).Index);

    private TxResult Submit(Posting posting, DateTimeOffset at)
    {
        var market = MarketOf(posting);
        world.Details.Enter(market.Index, at);
        var place = _places.GetValueOrDefault(posting.ClientId);
        var result = world.Chain.Submit(OrderMap.TxOf(posting, world.Account, place, market));
        IndexerMessage[] node = [.. world.Indexer.OfNode(world.Chain.NodeEvents, at)];
        world.Flow.AfterOurs(at);
        if (node.Length > 0) world.Stream.Tell(at, node);
        if (!result.IsOk) _refused.Add(posting.Number);
        return result;
    }

    private void Answer(Posting posting, TxResult result, DateTimeOffset at, TimeSpan slow = default) =>
        world.Agenda.Add(
            world.Delays.Arrival(Way.FromNode, posting.Number, at) + slow, AgendaKind.Answer, posting.Number,
            now => Tell(posting, result, now));

    /// <summary>The first that comes counts, the answer or the deadline.</summary>
    private void Tell(Posting posting, TxResult result, DateTimeOffset now)
    {
        if (!_answered.Add(posting.Number)) return;
        if (!result.IsOk && !OrderMap.IsThere(result) && !OrderMap.IsLost(result))
        {
            // What was refused for the time being is not there either; sent again it is awaited again.
            if (posting is Posting.Place) world.Tale.Refuse(posting.ClientId);
            else if (!OrderMap.IsForLater(result)) RefuseCancel(posting, now);
        }

        listener.OnAnswer(posting, result);
    }

    /// <summary>
    /// An order that is not there may be over: while what the Indexer told is still under way, its end may
    /// be.
    /// </summary>
    private void RefuseCancel(Posting posting, DateTimeOffset now)
    {
        if (world.Stream.IsCaughtUp) world.Tale.RefuseCancel(posting.ClientId, now);
        else world.Agenda.Add(
            now + RefusalWait, AgendaKind.Proof, posting.Number, later => RefuseCancel(posting, later));
    }

    private Market MarketOf(Posting posting) =>
        _places.TryGetValue(posting.ClientId, out var place)
            ? world.Markets[place.Order.Market]
            : throw new InvalidOperationException($"{posting} is about no order of ours.");
}
