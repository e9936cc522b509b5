using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Fees;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// The money of the chain: wallets, subaccounts, positions, collateral pools, insurance funds and fees.
/// Changed in place by one thread, in integers; the same calls make the same ledger. Amounts are in quote and
/// base quantums. What does not fit throws and is a bug.
/// </summary>
/// <remarks>
/// A block is: <see cref="BeginBlock"/>, moves of money and matches, oracle prices, votes,
/// <see cref="FundingEpochs.EndBlock"/>; then liquidations by <see cref="Liquidations"/> through the book,
/// <see cref="Deleverager.Run"/> and <see cref="Deleverager.GateWithdrawals"/>.
/// </remarks>
internal sealed class ChainLedger
{
    private readonly LedgerState _state;
    private readonly MatchSettlement _matches;

    /// <summary>An empty ledger.</summary>
    public ChainLedger(LedgerParameters parameters)
    {
        _state = new LedgerState(parameters);
        var pairs = new PairUpdates(_state);
        var limits = new LiquidationLimitsBook(parameters.Liquidation);
        _matches = new MatchSettlement(_state, pairs, limits);
        Money = new LedgerTransfers(_state, pairs);
        Funding = new FundingEpochs(_state);
        Liquidations = new LiquidationRound(_state, limits);
        Deleveraging = new Deleverager(_state, pairs, Liquidations);
    }

    /// <summary>What the parts share.</summary>
    internal LedgerState State => _state;

    /// <summary>Owners and subaccounts.</summary>
    public LedgerAccounts Accounts => _state.Accounts;

    /// <summary>The markets by index.</summary>
    public IReadOnlyList<LedgerMarket> Markets => _state.Markets;

    /// <summary>The collateral pools; the first is that of all cross markets.</summary>
    public IReadOnlyList<CollateralPool> Pools => _state.Pools;

    /// <summary>Transfers, deposits, withdrawals and chosen leverage.</summary>
    public LedgerTransfers Money { get; }

    /// <summary>Volumes and fee rates.</summary>
    public FeeBook Fees => _state.Fees;

    /// <summary>Premium votes, samples and ticks.</summary>
    public FundingEpochs Funding { get; }

    /// <summary>Who is liquidated in this block, and how.</summary>
    public LiquidationRound Liquidations { get; }

    /// <summary>What comes after liquidations.</summary>
    public Deleverager Deleveraging { get; }

    /// <summary>Where all money is.</summary>
    public LedgerTotals Totals => LedgerTotals.Of(_state);

    /// <summary>All USDC that ever came from outside.</summary>
    public Int128 Minted => _state.Minted;

    /// <summary>What was paid to builders so far; it lies in their wallets.</summary>
    public Int128 BuilderPayouts => _state.BuilderPayouts;

    /// <summary>The block that is being made; zero before the first.</summary>
    public uint Height => _state.Height;

    /// <summary>Its time.</summary>
    public DateTimeOffset Time => _state.Time;

    /// <summary>
    /// Makes a market; its index is the next number, and an isolated one gets its own pool.
    /// </summary>
    /// <param name="market">Its rules.</param>
    /// <param name="defaultFunding">What is added to every hour's premium, for eight hours.</param>
    public LedgerMarket AddMarket(Market market, Ppm defaultFunding) => _state.Add(market, defaultFunding);

    /// <summary>A new oracle price.</summary>
    /// <param name="market">Index of the market.</param>
    /// <param name="price">The oracle's integer; not negative.</param>
    public void MoveOracle(int market, long price) => _state.Markets[market].MoveOracle(price);

    /// <summary>What may be done in a market from now on.</summary>
    public void SetStatus(int market, ClobPairStatus status) => _state.Markets[market].Status = status;

    /// <summary>When and how much of its fees a market charges; null for all, always.</summary>
    public void SetCharge(int market, MarketCharge? charge) => _state.Markets[market].Charge = charge;

    /// <summary>Other rules for a market, of the same index and type.</summary>
    public void Govern(Market market)
    {
        var held = _state.Markets[market.Index];
        if (held.Market.MarketType != market.MarketType || held.Market.Id != market.Id)
        {
            throw new ArgumentException($"{market.Id} would become another market.", nameof(market));
        }

        held.Govern(market);
    }

    /// <summary>A block begins. Its height and time do not go back.</summary>
    public void BeginBlock(uint height, DateTimeOffset time)
    {
        _state.Begin(height, time);
        Liquidations.Begin();
    }

    /// <summary>A block passes in which nothing happens; its votes are those of the block before.</summary>
    public void PassQuietly(uint height, DateTimeOffset time)
    {
        _state.Pass(height, time);
        Funding.PassQuietly();
    }

    /// <summary>USDC comes from outside into a wallet.</summary>
    public void Mint(int owner, long quantums)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantums);
        _state.Accounts.Pay(owner, quantums);
        _state.Minted += quantums;
    }

    /// <summary>USDC comes from outside into the insurance fund of a market.</summary>
    public void MintInsurance(int market, long quantums)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantums);
        _state.Pools[_state.Markets[market].Pool].Insurance += quantums;
        _state.Minted += quantums;
    }

    /// <summary>What an owner is charged in a market at this block's time.</summary>
    public Ppm FeeRateOf(int owner, int market, bool isTaker) => _state.Fees.RateOf(
        owner, isTaker, MarketCharge.At(_state.Markets[market].Charge, _state.Time));

    /// <summary>Fills two orders against each other, or tells who may not; nothing in between.</summary>
    public MatchOutcome TryMatch(in MatchRequest match) => _matches.TryMatch(match);

    /// <summary>
    /// Fills a liquidation order, whose account is the taker, against a maker: no trading fee, no rebate, and
    /// the insurance fund gets or pays the difference to the bankruptcy price, within its limits.
    /// </summary>
    public MatchOutcome TryLiquidate(in MatchRequest match) => _matches.TryLiquidate(match);

    /// <summary>An account's risk, funding settled.</summary>
    /// <param name="account">Its index.</param>
    public AccountRisk RiskOf(int account) => _state.RiskOf(_state.Accounts[account]);

    /// <summary>An account's USDC, funding settled.</summary>
    /// <param name="account">Its index.</param>
    public Int128 UsdcOf(int account) => _state.SettledUsdc(_state.Accounts[account]);

    /// <summary>The pool in which an account's collateral lies.</summary>
    /// <param name="account">Its index.</param>
    public int PoolOf(int account) => _state.PoolOf(_state.Accounts[account]);

    /// <summary>
    /// What the chain would say of an update, e.g. before an order is placed. Nothing is changed; margins are
    /// those at the open interest as it is. None where a market of the changes has no oracle price.
    /// </summary>
    /// <param name="account">Its index.</param>
    /// <param name="usdcDelta">Signed change of its USDC.</param>
    /// <param name="changes">Changes of its positions, each market at most once.</param>
    public UpdateResult CanUpdate(int account, Int128 usdcDelta, ReadOnlySpan<PositionChange> changes)
    {
        var holder = _state.Accounts[account];
        if (!_state.KeepsIsolation(holder, changes))
        {
            return UpdateResult.ViolatesIsolatedSubaccountConstraints;
        }

        foreach (ref readonly var change in changes)
        {
            if (_state.Markets[change.Market].OraclePrice == 0) return UpdateResult.None;
        }

        return _state.Transition(holder, usdcDelta, changes, MarginAfter.AsItIs);
    }
}
