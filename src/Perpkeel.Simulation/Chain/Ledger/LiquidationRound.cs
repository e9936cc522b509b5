using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>
/// The liquidations of one block: who is tried and in which order, what is offered, and what stays for
/// deleveraging. The caller matches each order and says how much was filled.
/// </summary>
/// <remarks>
/// Source: dYdX v4-chain, liquidations keeper. Accounts are looked for in the order of their creation, from a
/// pseudo-random one on, and sorted by how far the limit lies from the oracle, then by worth; ties go by the
/// subaccount's key, where the chain takes a hash of the order.
/// </remarks>
internal sealed class LiquidationRound(LedgerState state, LiquidationLimitsBook limits)
{
    private const int QuoteDecimals = 6;

    private readonly List<(int Account, int Market)> _unfilled = [];

    /// <summary>Positions that nobody took in this block, in the order in which they were offered.</summary>
    public IReadOnlyList<(int Account, int Market)> Unfilled => _unfilled;

    /// <summary>Accounts that may be liquidated, the furthest under water first.</summary>
    public IReadOnlyList<int> Rank()
    {
        var found = new List<int>();
        for (var account = 0; account < state.Accounts.Count; account++)
        {
            var each = state.Accounts[account];
            if (!each.Positions.IsEmpty && state.RiskOf(each).IsLiquidatable) found.Add(account);
        }

        if (found.Count == 0) return found;
        var start = state.Draw(found.Count);
        var tried = Math.Min(found.Count, state.Parameters.Liquidation.MostLiquidatedPerBlock);
        return
        [
            .. Enumerable.Range(0, tried)
                .Select(turn => found[(turn + start) % found.Count])
                .Select(account => OrderOf(account))
                .OfType<LiquidationOrder>()
                .OrderByDescending(DistanceOf)
                .ThenByDescending(order => order.Notional)
                .ThenBy(order => state.Accounts[order.Account].Key)
                .Select(order => order.Account),
        ];
    }

    /// <summary>
    /// What is offered of an account now; null when it may not be liquidated (any more), or when all of its
    /// positions were offered in this block.
    /// </summary>
    public LiquidationOrder? OrderOf(int account)
    {
        var holder = state.Accounts[account];
        var risk = state.RiskOf(holder);
        if (!risk.IsLiquidatable || PositionOf(account) is not { } position) return null;
        var market = state.Markets[position.Market];
        var quantums = SizeOf(account, market, position.Quantums);
        return new LiquidationOrder(
            account, position.Market, position.Quantums > 0 ? Side.Sell : Side.Buy, quantums,
            LimitOf(account, position.Market), market.Worth(quantums),
            market.Status != ClobPairStatus.FinalSettlement);
    }

    /// <summary>An order has been through the book.</summary>
    /// <param name="order">The order.</param>
    /// <param name="filled">How much of it was filled; zero where it could not be placed.</param>
    public void Close(in LiquidationOrder order, long filled)
    {
        if (order.IsPlaceable) limits.Mark(order.Account, order.Market);
        if (filled == 0) _unfilled.Add((order.Account, order.Market));
    }

    /// <summary>
    /// The worst price at which a position is offered, in subticks on the grid. Its account needs
    /// maintenance.
    /// </summary>
    internal long LimitOf(int account, int market)
    {
        var parameters = state.Parameters.Liquidation;
        var held = state.Accounts[account].QuantumsIn(market);
        var rules = state.Markets[market].Market;
        var position = state.MarginOf(state.Accounts[account], market, held, MarginAfter.AsItIs);
        var subticks = FillablePrice
            .Of(
                held, position.ToRisk(), state.RiskOf(state.Accounts[account]).ToUnbounded(),
                parameters.BankruptcyAdjustment, parameters.Spread)
            .ToSubticks(held > 0, rules.QuantumConversionExponent, rules.SubticksPerTick);
        return (long)BigInteger.Min(subticks, long.MaxValue - (long.MaxValue % rules.SubticksPerTick));
    }

    internal void Begin()
    {
        _unfilled.Clear();
        limits.Begin();
    }

    /// <summary>The first position from a pseudo-random one on that was not offered in this block.</summary>
    private HeldPosition? PositionOf(int account)
    {
        var positions = state.Accounts[account].Positions;
        var start = state.Draw(positions.Length);
        for (var turn = 0; turn < positions.Length; turn++)
        {
            var position = positions[(turn + start) % positions.Length];
            if (!limits.WasLiquidated(account, position.Market)) return position;
        }

        return null;
    }

    /// <summary>
    /// All of the position, or as many whole steps as the limits of position and account allow.
    /// </summary>
    private long SizeOf(int account, LedgerMarket market, long held)
    {
        var parameters = state.Parameters.Liquidation;
        var size = Math.Abs(held);
        var notional = market.Worth(size);
        var ofPosition = LiquidationLimits.Of(notional, parameters.LeastNotional.Value, parameters.Portion);
        var limit = Int128.Min((Int128)ofPosition.Most, limits.NotionalLeft(account));
        var step = market.Market.StepBaseQuantums;
        if (notional <= limit || size <= step) return size;

        var worth = market.ToPerpetual().QuoteToBase(limit);
        var whole = worth - (worth % step);
        return (long)BigInteger.Min(BigInteger.Max(whole, step), size);
    }

    /// <summary>|limit - oracle| / oracle, both in subticks.</summary>
    private OracleDistance DistanceOf(LiquidationOrder order)
    {
        var market = state.Markets[order.Market];
        var rules = market.Market;
        var exponent = rules.OracleExponent + rules.AtomicResolution + QuoteDecimals
            - rules.QuantumConversionExponent;
        var (limit, oracle) = exponent >= 0
            ? (order.Subticks, market.OraclePrice * BigInteger.Pow(10, exponent))
            : (order.Subticks * BigInteger.Pow(10, -exponent), (BigInteger)market.OraclePrice);
        return new(BigInteger.Abs(limit - oracle), oracle);
    }
}
