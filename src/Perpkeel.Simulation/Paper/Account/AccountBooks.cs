using System.Collections.Immutable;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Faults;
using Perpkeel.Venues;

namespace Perpkeel.Simulation.Paper.Account;

/// <summary>The account at a block.</summary>
/// <param name="Pool">What it has and needs.</param>
/// <param name="AsOf">The block's time.</param>
/// <param name="Height">The block.</param>
internal sealed record AccountPage(MarginPool Pool, DateTimeOffset AsOf, uint Height);

/// <summary>
/// What the Indexer tells those who ask for the account: what blocks have told of it, reckoned as the chain
/// does. What a node believes between two blocks is not in it. While the Indexer is behind, it tells what it
/// had before.
/// </summary>
internal sealed class AccountBooks
{
    private readonly ChainVenue _chain;
    private readonly IReadOnlyList<Market> _markets;
    private readonly SubaccountKey _account;
    private readonly FaultSpans _spans;
    private readonly Position?[] _entries;
    private readonly long[] _oracle;
    private readonly long[] _openInterest;
    private readonly Int128[] _fundingIndex;
    private IReadOnlyList<HeldPosition> _held = [];
    private Int128 _usdc;
    private FaultSpan? _span;
    private AccountPage? _before;

    /// <summary>The account as it is before the first block.</summary>
    public AccountBooks(
        ChainVenue chain, IReadOnlyList<Market> markets, SubaccountKey account, FaultSpans spans)
    {
        (_chain, _markets, _account, _spans) = (chain, markets, account, spans);
        _entries = new Position?[markets.Count];
        _oracle = new long[markets.Count];
        _openInterest = new long[markets.Count];
        _fundingIndex = new Int128[markets.Count];
        _usdc = Account.Usdc;
    }

    private LedgerAccount Account => _chain.Ledger.Accounts[_chain.Ledger.Accounts.Find(_account)];

    /// <summary>A block of this time comes next; the Indexer may fall behind before it.</summary>
    public void BeforeBlock(DateTimeOffset time)
    {
        if (_spans.Lag(time) is not { } span || span == _span) return;
        (_span, _before) = (span, Page());
    }

    /// <summary>A block has been made.</summary>
    /// <param name="block">The block.</param>
    /// <param name="told">What it tells of the account.</param>
    public void Hear(BlockResult block, IEnumerable<IndexerMessage> told)
    {
        foreach (var move in block.OraclePrices) _oracle[move.Market] = move.Price;
        foreach (var move in block.OpenInterest) _openInterest[move.Market] = move.Quantums;
        foreach (var tick in block.FundingTicks) _fundingIndex[tick.Market] = tick.FundingIndex;
        foreach (var update in block.Subaccounts)
        {
            if (update.Subaccount == _account) (_usdc, _held) = (update.Usdc, update.Positions);
        }

        foreach (var message in told)
        {
            if (message is IndexerMessage.Filled fill)
            {
                Move(fill.Market, fill.Side, fill.Price, fill.Size, fill.At);
            }
            else if (message is IndexerMessage.Closed closed)
            {
                Move(closed.Market, closed.Side, closed.Price, closed.Size, closed.At);
            }
        }
    }

    /// <summary>The account as the Indexer has it at a time, to which the chain has come.</summary>
    public AccountPage PageAt(DateTimeOffset now) =>
        _before is not null && _spans.Lag(now) is { } span && span == _span ? _before : Page();

    private void Move(Market market, Side side, Ticks price, Steps size, DateTimeOffset at) =>
        _entries[market.Index] = Position.After(
            _entries[market.Index], market.Id, side, market.PriceOf(price), market.SizeOf(size),
            market.FillValue(price, size).ToUsd(), Usd.Zero, at);

    private AccountPage Page()
    {
        var risk = new AccountRisk(new QuoteQuantums(SettledUsdc()), QuoteQuantums.Zero, QuoteQuantums.Zero);
        var positions = ImmutableArray.CreateBuilder<VenuePosition>(_held.Count);
        var mode = MarginMode.Cross;
        foreach (var held in _held)
        {
            var market = _markets[held.Market];
            var fraction = FractionOf(market);
            var quantums = new BaseQuantums(held.Quantums);
            risk = risk.With(PositionMargin.Of(market, quantums, _oracle[held.Market], fraction));
            if (market.MarketType == MarketType.Isolated) mode = MarginMode.Isolated;
            positions.Add(new VenuePosition
            {
                Market = market.Id,
                Size = market.SizeOf(new Steps(held.Quantums / market.StepBaseQuantums)),
                EntryPrice = _entries[held.Market]?.EntryPrice ?? default,
                OraclePrice = new Price(
                    _oracle[held.Market] * Decimals.PowerOfTen(market.OracleExponent)),
                InitialFraction = fraction.Fraction,
            });
        }

        var pool = new MarginPool
        {
            Mode = mode,
            Number = _account.Number,
            Equity = risk.NetCollateral.ToUsd(),
            FreeCollateral = risk.FreeCollateral.ToUsd(),
            InitialMargin = risk.Initial.ToUsd(),
            MaintenanceMargin = risk.Maintenance.ToUsd(),
            Positions = positions.MoveToImmutable(),
        };
        return new AccountPage(pool, _chain.Time, _chain.Height);
    }

    /// <summary>USDC with all funding paid and received: summed over positions, rounded down.</summary>
    private Int128 SettledUsdc()
    {
        Int128 millionths = 0;
        foreach (var held in _held)
        {
            var moved = _fundingIndex[held.Market] - held.FundingIndex;
            millionths += Funding.SettlementPpm(new BaseQuantums(held.Quantums), moved);
        }

        return _usdc + Rounding.FloorDivide(millionths, Ppm.One);
    }

    private Ppm FractionOf(Market market)
    {
        var openInterest = PositionMargin.Worth(market, _openInterest[market.Index], _oracle[market.Index]);
        var adjusted = market.LiquidityTier.AdjustedInitialMarginPpm(new QuoteQuantums(openInterest));
        var chosen = Account.ChosenMargin(market.Index);
        return chosen.Value > adjusted.Value ? chosen : adjusted;
    }
}
