using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Chain.Blocks;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Chain.Orders;
using Perpkeel.Simulation.Paper.Faults;

namespace Perpkeel.Simulation.Paper.Flow;

/// <summary>
/// Faults of markets: oracle prices that jump, books told crossed, makers with single lots, premiums that
/// turn round, a market that is wound up, a price at which the account is liquidated.
/// </summary>
internal sealed class Disturbance(
    FaultSpans spans, IReadOnlyList<MarketFlow> markets, ChainVenue chain, SubaccountKey ours)
{
    private const long LeastJumpPpm = 20_000;
    private const long JumpSpanPpm = 80_000;
    private const long MostShiftPpm = 900_000;

    // Beyond the price that leaves exactly the maintenance margin: four per cent, so that it is passed.
    private const long BeyondPpm = 40_000;

    private static readonly TimeSpan PushFor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LiquidateFor = TimeSpan.FromSeconds(10);

    private readonly long[] _shifts = new long[markets.Count];
    private (int Market, long ShiftPpm, DateTimeOffset Until) _push = (-1, 0, default);
    private (FaultSpan? Span, int Market, long ShiftPpm, DateTimeOffset Until) _liquidation;
    private int _closed = -1;

    /// <summary>Sets what is wrong at an instant, before the markets move.</summary>
    public void Apply(DateTimeOffset at)
    {
        Array.Clear(_shifts);
        if (spans.Jump(at) is { } jump)
        {
            _shifts[MarketOf(jump)] = JumpOf(jump);
            spans.Note(FaultKind.OracleJump, jump.From);
        }

        Liquidate(at);
        if (_push.Market >= 0 && at < _push.Until) _shifts[_push.Market] = _push.ShiftPpm;
        var lots = spans.Lots(at);
        if (lots is { } offered) spans.Note(FaultKind.SingleLots, offered.From);
        for (var i = 0; i < markets.Count; i++)
        {
            markets[i].OracleShiftPpm = _shifts[i];
            markets[i].OfferSingleLots(lots is not null);
        }
    }

    /// <summary>Tells books crossed, after the markets have moved.</summary>
    public void Cross(DateTimeOffset at, ICollection<MarketEvent> told)
    {
        var crossed = spans.Crossed(at);
        for (var i = 0; i < markets.Count; i++)
        {
            var isMeant = crossed is { } span && MarketOf(span) == i;
            if (markets[i].Cross(isMeant, at, told)) spans.Note(FaultKind.CrossedBook, crossed!.Value.From);
        }
    }

    /// <summary>Brings an oracle price to where an order wakes, for a few seconds.</summary>
    public void Push(int market, OrderIntent order, DateTimeOffset at)
    {
        if (order.Trigger is not { } trigger) return;
        var wakesBelow = order.Kind == OrderKind.StopMarket == (order.Side == Side.Sell);
        var price = new Price(trigger.Value * (wakesBelow ? 0.999m : 1.001m));
        _push = (market, markets[market].ShiftTo(price), at + PushFor);
        markets[market].OracleShiftPpm = _push.ShiftPpm;
    }

    /// <summary>The premium as it is voted for.</summary>
    public Ppm Premium(Ppm premium, DateTimeOffset at)
    {
        if (spans.Flip(at) is not { } span) return premium;
        spans.Note(FaultKind.FundingFlip, span.From);
        return new Ppm((premium.Value * -10) + (premium.Value > 0 ? -500 : 500));
    }

    /// <summary>What governance decides in a block.</summary>
    public IReadOnlyList<(int Market, ClobPairStatus Status)> Statuses(DateTimeOffset at)
    {
        // One market in a life: a venue that winds up all of them would be no venue.
        if (_closed >= 0 || spans.Closing(at) is not { } span) return [];
        _closed = MarketOf(span);
        spans.Note(FaultKind.MarketClosing, span.From);
        return [(_closed, ClobPairStatus.FinalSettlement)];
    }

    private int MarketOf(FaultSpan span) => (int)(span.Chance % (ulong)markets.Count);

    private static long JumpOf(FaultSpan span)
    {
        var size = LeastJumpPpm + (long)((span.Chance >> 8) % JumpSpanPpm);
        return (span.Chance & 0x80) == 0 ? size : -size;
    }

    /// <summary>
    /// The price of the account's largest position goes where nothing is left for maintenance, for some
    /// seconds, once in a while of the fault.
    /// </summary>
    private void Liquidate(DateTimeOffset at)
    {
        if (spans.Liquidation(at) is { } span && _liquidation.Span != span && LargestPosition() is { } held)
        {
            var risk = chain.Ledger.RiskOf(chain.Ledger.Accounts.Find(ours));
            var room = risk.NetCollateral.Value - risk.Maintenance.Value;
            var shift = Math.Clamp(
                (long)(room * Ppm.One / held.Worth) + BeyondPpm, BeyondPpm, MostShiftPpm);
            _liquidation = (span, held.Market, shift * -held.Sign, at + LiquidateFor);
            spans.Note(FaultKind.ForcedLiquidation, span.From);
        }

        if (at < _liquidation.Until) _shifts[_liquidation.Market] = _liquidation.ShiftPpm;
    }

    private (int Market, int Sign, Int128 Worth)? LargestPosition()
    {
        (int, int, Int128 Worth)? largest = null;
        foreach (var position in chain.Ledger.Accounts[chain.Ledger.Accounts.Find(ours)].Positions)
        {
            var worth = Int128.Abs(chain.Ledger.Markets[position.Market].Worth(position.Quantums));
            if (worth > 0 && !(worth <= largest?.Worth))
            {
                largest = (position.Market, Math.Sign(position.Quantums), worth);
            }
        }

        return largest;
    }
}
