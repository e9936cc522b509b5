using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Markets;
using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>All markets between their source, the chain and those who listen.</summary>
internal sealed class MarketsFlow
{
    private readonly ChainVenue _chain;
    private readonly IMarketSource _source;
    private readonly MarketFlow[] _markets;
    private readonly SubaccountKey _ours;
    private readonly Disturbance _disturbance;
    private readonly List<MarketEvent> _told = [];

    /// <summary>Markets around one account.</summary>
    public MarketsFlow(
        ChainVenue chain, IMarketSource source, SubaccountKey ours, QueueRule rule, FaultSpans spans)
    {
        _chain = chain;
        _source = source;
        _ours = ours;
        _markets = [.. source.Markets
            .Select(market => new MarketFlow(chain.State, market.Index, rule))];
        chain.State.Restarted = () => Array.ForEach(_markets, market => market.Restart());
        _disturbance = new Disturbance(spans, _markets, chain, ours);
    }

    /// <summary>What was told since <see cref="Take"/>.</summary>
    public bool HasTold => _told.Count > 0;

    /// <summary>Whether a market has an oracle price that is worth a block.</summary>
    public bool HasNewOracle => Array.Exists(_markets, market => market.NewOracle is not null);

    /// <summary>
    /// Whether the account pays funding by what books say: then no proposer's vote is passed over.
    /// </summary>
    public bool VotesMatter(DateTimeOffset at) =>
        !_chain.Ledger.Accounts[_chain.Ledger.Accounts.Find(_ours)].Positions.IsEmpty
        && _source.PremiumAt(0, at) is null;

    /// <summary>What was told, once.</summary>
    public MarketEvent[] Take()
    {
        MarketEvent[] told = [.. _told];
        _told.Clear();
        return told;
    }

    /// <summary>Everything that the source tells at an instant.</summary>
    public void Hear(IReadOnlyList<SourceEvent> batch, DateTimeOffset at)
    {
        foreach (var next in batch) _markets[next.Event.Market].Hear(next, _told);
        _disturbance.Apply(at);
        foreach (var market in _markets) market.EndInstant(at, _told);
        _disturbance.Cross(at, _told);
    }

    /// <summary>Whether the account has something in a market.</summary>
    public bool IsEntered(int market) => _markets[market].IsEntered;

    /// <summary>How a market came on before the account came: it is only known from now on.</summary>
    public void HearPassed(int market, IReadOnlyList<SourceEvent> details)
    {
        foreach (var next in details) _markets[market].Hear(next, _told);
    }

    /// <summary>How a market that the account is in comes on; nothing where it has left meanwhile.</summary>
    public void HearDetails(int market, IReadOnlyList<SourceEvent> details, DateTimeOffset at)
    {
        if (!IsEntered(market)) return;
        foreach (var next in details) _markets[market].Hear(next, _told);
        _markets[market].EndInstant(at, _told);
    }

    /// <summary>The past, before there is a chain: told as it is.</summary>
    public void HearPast(IReadOnlyList<SourceEvent> batch)
    {
        foreach (var next in batch)
        {
            _markets[next.Event.Market].Hear(next, _told);
            if (next.Event.Kind is MarketEventKind.Oracle or MarketEventKind.Funding) _told.Add(next.Event);
        }
    }

    /// <summary>The paper account comes to a market.</summary>
    public void Enter(int market) => _markets[market].Enter();

    /// <summary>Something of the paper account has reached the node.</summary>
    public void AfterOurs(DateTimeOffset at)
    {
        foreach (var market in _markets) market.AfterOurs(at, _told);
    }

    /// <summary>A fault brings the oracle price to where a conditional order wakes.</summary>
    public void PushOracle(int market, OrderIntent order, DateTimeOffset at) =>
        _disturbance.Push(market, order, at);

    /// <summary>A fault lets somebody take what rests of an order of ours.</summary>
    public void TakeResting(int market, OrderIntent order, DateTimeOffset at)
    {
        _markets[market].TakeResting(order);
        AfterOurs(at);
    }

    /// <summary>What the next block hears of prices and premiums.</summary>
    public BlockInput InputOf(BlockTick tick)
    {
        var prices = new List<(int, long)>();
        var premiums = new List<(int, Ppm)>();
        for (var market = 0; market < _markets.Length; market++)
        {
            if (_markets[market].NewOracle is { } price) prices.Add((market, price));
            premiums.Add((
                market,
                _disturbance.Premium(
                    _source.PremiumAt(market, tick.Time) ?? _markets[market].PremiumOf(_chain), tick.Time)));
        }

        return new BlockInput
        {
            Time = tick.Time,
            OraclePrices = prices,
            Premiums = premiums,
            Statuses = _disturbance.Statuses(tick.Time),
            NodeRestarts = tick.NodeRestarts,
        };
    }

    /// <summary>A block was made: its fills, prices and rates are told, and markets are left.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isAwaited">Whether messages to a market are under way.</param>
    public void AfterBlock(BlockResult block, Func<int, bool> isAwaited)
    {
        foreach (var fill in block.Fills)
        {
            if (_markets[fill.Market].IsEntered) _markets[fill.Market].Tell(fill, block.Time, _told);
        }

        foreach (var move in block.OraclePrices)
        {
            _markets[move.Market].TellOracle(move.Price, block.Time, _told);
        }

        foreach (var tick in block.FundingTicks)
        {
            _markets[tick.Market].Settle();
            _told.Add(MarketEvent.Funding(tick.Market, block.Time, HourlyRate(tick.RatePpm)));
        }

        for (var market = 0; market < _markets.Length; market++)
        {
            _markets[market].AfterOurs(block.Time, _told);
            if (!HasOurs(market) && !isAwaited(market)) _markets[market].Leave(block.Time, _told);
        }
    }

    /// <summary>The rate of one hour that a rate for eight makes.</summary>
    public static decimal HourlyRate(Ppm eightHours) => eightHours.Value / (decimal)Ppm.One / 8m;

    private bool HasOurs(int market)
    {
        var state = _chain.State;
        var account = state.Ledger.Accounts.Find(_ours);
        return state.Ledger.Accounts[account].QuantumsIn(market) != 0
            || state.Stateful.All.Any(order => order.Market == market && order.IsLive)
            || state.ShortTerm.Open().Any(order => order.Market == market);
    }
}
