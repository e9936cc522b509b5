using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// Premium votes of blocks, samples of minutes and ticks of hours, by market. What accounts are paid follows
/// from the index when they are next touched.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, perpetuals keeper and epochs: at most one tick and one sample end with a block,
/// the tick first; the first block only finds out when both are due.
/// </remarks>
internal sealed class FundingEpochs(LedgerState state)
{
    private const int QuoteDecimals = 6;

    private readonly List<Premiums> _premiums = [];
    private int _blocks;
    private DateTimeOffset? _sampleDue;
    private DateTimeOffset _tickDue;

    /// <summary>The last hour's tick of a market; default before the first.</summary>
    public FundingTick LastTick(int market) => Of(market).LastTick;

    /// <summary>The samples of this hour so far.</summary>
    public IReadOnlyList<Ppm> SamplesOf(int market) => Of(market).Samples;

    /// <summary>
    /// Whether a book has a premium to vote for, seen from its best prices: only then its depth is needed.
    /// </summary>
    /// <param name="market">Index of the market.</param>
    /// <param name="bestBid">Best bid in subticks; zero for none.</param>
    /// <param name="bestAsk">Best ask in subticks; zero for none.</param>
    public bool IsOutside(int market, long bestBid, long bestAsk)
    {
        var (rules, price) = (state.Markets[market].Market, state.Markets[market].OraclePrice);
        var exponent = rules.OracleExponent + rules.AtomicResolution + QuoteDecimals
            - rules.QuantumConversionExponent;
        var (index, subtick) = exponent >= 0
            ? (price * Rounding.PowerOfTen(exponent), (Int128)1)
            : (price, Rounding.PowerOfTen(-exponent));
        return (bestBid > 0 && index < bestBid * subtick) || (bestAsk > 0 && index > bestAsk * subtick);
    }

    /// <summary>The premium that a proposer votes for with this book. Nothing is voted yet.</summary>
    /// <param name="market">Index of the market.</param>
    /// <param name="orders">The book, or as much of it as holds the impact notional on either side.</param>
    public Result<Ppm, PremiumError> PremiumOf(int market, IReadOnlyCollection<BookOrder> orders)
    {
        var held = state.Markets[market];
        return new PremiumVote
        {
            QuantumConversionExponent = held.Market.QuantumConversionExponent,
            AtomicResolution = held.Market.AtomicResolution,
            IndexExponent = held.Market.OracleExponent,
            IndexPrice = held.OraclePrice,
            ImpactNotional = held.Tier.ImpactNotional.Value,
            Most = FundingTick.Most(held.Tier, state.Parameters.Funding.VoteClamp),
        }.Of(orders);
    }

    /// <summary>The proposer of the block votes; a market without a vote counts as zero.</summary>
    public void Vote(int market, Ppm premium)
    {
        var premiums = Of(market);
        premiums.LastVote = premium;
        if (premium.Value != 0) premiums.Votes.Add(premium);
    }

    /// <summary>When the next epoch is due; at once before the first block.</summary>
    public DateTimeOffset NextDue => _sampleDue is not { } sampleDue
        ? DateTimeOffset.MinValue
        : sampleDue < _tickDue ? sampleDue : _tickDue;

    /// <summary>A block passes without an epoch; it votes as the block before it did.</summary>
    public void PassQuietly()
    {
        _blocks++;
        foreach (var premiums in _premiums)
        {
            if (premiums.LastVote.Value != 0) premiums.Votes.Add(premiums.LastVote);
        }
    }

    /// <summary>The block ends: its votes are in, and what is due is done.</summary>
    /// <returns>Whether the funding indices moved.</returns>
    public bool EndBlock()
    {
        _blocks++;
        var parameters = state.Parameters.Funding;
        if (_sampleDue is not { } sampleDue)
        {
            _sampleDue = NextAfter(state.Time, parameters.SampleEvery, parameters.SampleOffset);
            _tickDue = NextAfter(state.Time, parameters.TickEvery, TimeSpan.Zero);
            return false;
        }

        var isTick = state.Time >= _tickDue;
        if (isTick)
        {
            Tick((long)parameters.TickEvery.TotalSeconds);
            _tickDue += parameters.TickEvery;
        }

        if (state.Time >= sampleDue)
        {
            Sample();
            _sampleDue = sampleDue + parameters.SampleEvery;
        }

        return isTick;
    }

    /// <summary>Makes a sample of the votes since the last one.</summary>
    internal void Sample()
    {
        for (var market = 0; market < state.Markets.Count; market++)
        {
            var premiums = Of(market);
            premiums.Samples.Add(
                PremiumSamples.Median(premiums.Votes, _blocks, state.Parameters.Funding.LeastVotes));
            premiums.Votes.Clear();
        }

        _blocks = 0;
    }

    /// <summary>Moves all funding indices by so many seconds at the rates of the samples.</summary>
    internal void Tick(long seconds)
    {
        var parameters = state.Parameters.Funding;
        for (var market = 0; market < state.Markets.Count; market++)
        {
            var premiums = Of(market);
            var premium = PremiumSamples.Mean(
                premiums.Samples.Select(sample => new PremiumRun(sample, 1)), parameters.LeastSamples,
                parameters.TailRemoval);
            var held = state.Markets[market];
            premiums.LastTick = FundingTick.Of(
                held.ToPerpetual(), premium, held.DefaultFunding, parameters.RateClamp, seconds);
            held.MoveFunding((Int128)premiums.LastTick.IndexDelta);
            premiums.Samples.Clear();
        }
    }

    /// <summary>The first instant after a time at which an epoch is due.</summary>
    private static DateTimeOffset NextAfter(DateTimeOffset time, TimeSpan every, TimeSpan offset)
    {
        var since = (time.UtcDateTime - DateTime.UnixEpoch - offset).Ticks;
        var passed = (since / every.Ticks) + 1;
        return DateTimeOffset.UnixEpoch + offset + TimeSpan.FromTicks(passed * every.Ticks);
    }

    private Premiums Of(int market)
    {
        while (_premiums.Count <= market) _premiums.Add(new Premiums());
        return _premiums[market];
    }

    /// <summary>What is kept of one market.</summary>
    private sealed class Premiums
    {
        public List<Ppm> Votes { get; } = [];

        public List<Ppm> Samples { get; } = [];

        public Ppm LastVote { get; set; }

        public FundingTick LastTick { get; set; }
    }
}
