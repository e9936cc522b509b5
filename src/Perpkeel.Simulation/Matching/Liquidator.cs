using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Simulation.Matching;

/// <summary>
/// Closes positions of an account that can no longer carry them, as the chain does: block by block, at or
/// better than the fillable price, the gain over the bankruptcy price going to the insurance fund up to its
/// limit; and at the bankruptcy price when the account is worth less than nothing.
/// </summary>
internal sealed class Liquidator(VenueAccount account, Func<AccountRisk> risk, Action<VenueReport> report)
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    /// <summary>The oracle price has changed: one block's worth.</summary>
    public void OnOracle(VenueMarket market, DateTimeOffset at)
    {
        if (account.Position(market.Market.Index).Value != 0) OneBlock(market, risk(), null, at);
    }

    /// <summary>
    /// A recorded bar has ended: at its worst price for the position, as many blocks as the bar had.
    /// </summary>
    public void OnBar(VenueMarket market, in MarketEvent bar)
    {
        var position = account.Position(market.Market.Index);
        if (position.Value == 0 || market.Oracle == 0) return;
        var worst = position.Value > 0 ? bar.Low : bar.High;
        var scale = market.Market.TickSize / Decimals.PowerOfTen(market.Market.OracleExponent);
        var oracle = (long)(worst.Value * scale);
        for (var blocks = bar.Length / Block; blocks >= 1; blocks--)
        {
            if (!OneBlock(market, At(market, oracle), (worst, oracle), bar.At)) return;
        }
    }

    private AccountRisk At(VenueMarket market, long oracle)
    {
        var now = risk();
        var position = account.Position(market.Market.Index);
        var there = PositionMargin.Of(market.Market, position, market.Oracle);
        var here = PositionMargin.Of(market.Market, position, oracle);
        return new AccountRisk(
            now.NetCollateral - there.Value + here.Value,
            now.Initial - there.Initial + here.Initial,
            now.Maintenance - there.Maintenance + here.Maintenance);
    }

    private bool OneBlock(
        VenueMarket market, in AccountRisk state, (Ticks Price, long Oracle)? inBar, DateTimeOffset at)
    {
        var id = market.Market;
        var position = account.Position(id.Index);
        if (position.Value == 0 || !state.IsLiquidatable) return false;
        var oracle = inBar?.Oracle ?? market.Oracle;
        var margin = PositionMargin.Of(id, position, oracle);
        var side = position.Value > 0 ? Side.Sell : Side.Buy;
        var held = new Steps(Math.Abs(position.Value) / id.StepBaseQuantums);
        var left = Liquidation.SizePerBlock(id, held, margin.Notional, oracle);
        var limit = Liquidation.FillablePrice(id, position, margin, state);
        var offers = inBar is { } bar ? [InBar(market, bar.Price, side, limit)] : market.Offers(side, limit);
        var isFilled = false;
        foreach (var offer in offers)
        {
            var size = Steps.Min(left, offer.Size);
            if (size.Value <= 0) break;
            Close(market, side, offer.Price, size, Fee(market, size, side, offer.Price, oracle), at);
            left -= size;
            isFilled = true;
        }

        return isFilled
            || (state.NetCollateral < QuoteQuantums.Zero
                && Deleverage(market, held, side, oracle, state, at));
    }

    private static BookLevel InBar(VenueMarket market, Ticks worst, Side side, Ticks limit)
    {
        var price = worst + (side.Sign() * market.HalfSpread);
        var isWithin = side == Side.Sell ? price >= limit : price <= limit;
        return isWithin ? new BookLevel(price, market.Budget ?? new Steps(long.MaxValue)) : default;
    }

    private QuoteQuantums Fee(VenueMarket market, Steps size, Side side, Ticks price, long oracle)
    {
        var id = market.Market;
        var state = At(market, oracle);
        var position = account.Position(id.Index);
        var before = PositionMargin.Of(id, position, oracle);
        var left = new BaseQuantums(position.Value + (id.QuantumsOf(size).Value * side.Sign()));
        var after = PositionMargin.Of(id, left, oracle);
        var received = new QuoteQuantums(-id.FillValue(price, size).Value * side.Sign());
        var delta = Liquidation.InsuranceDelta(
            received, Liquidation.BankruptcyValue(before, after, state));

        // The fund pays what the fill lacks to the bankruptcy price: to the account that is a negative fee.
        return delta;
    }

    private bool Deleverage(
        VenueMarket market, Steps held, Side side, long oracle, in AccountRisk state, DateTimeOffset at)
    {
        var id = market.Market;
        var margin = PositionMargin.Of(id, account.Position(id.Index), oracle);
        var received = Liquidation.BankruptcyValue(margin, default, state);
        var price = new Ticks(Math.Max(1, (long)(Int128.Abs(received.Value)
            / Int128.Max(1, id.FillValue(new Ticks(1), held).Value))));

        // The report's price is on the grid; what it misses of the exact value is carried by the fee.
        var reported = new QuoteQuantums(-id.FillValue(price, held).Value * side.Sign());
        Report(market, side, price, held, reported - received, FillKind.Deleveraged, at);
        return true;
    }

    private void Close(
        VenueMarket market, Side side, Ticks price, Steps size, QuoteQuantums fee, DateTimeOffset at)
    {
        market.Consume(side, price, size, FillKind.Taker);
        Report(market, side, price, size, fee, FillKind.Liquidated, at);
    }

    private void Report(
        VenueMarket market, Side side, Ticks price, Steps size, QuoteQuantums fee, FillKind kind,
        DateTimeOffset at) =>
        report(new VenueReport.Liquidated
        {
            Sequence = account.Sequence + 1,
            At = at,
            Market = market.Market.Id,
            Side = side,
            Price = market.Market.PriceOf(price),
            Size = market.Market.SizeOf(size),
            Fee = fee.ToUsd(),
            Kind = kind,
        });
}
