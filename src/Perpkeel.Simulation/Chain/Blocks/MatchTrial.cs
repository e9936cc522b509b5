using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;

namespace Perpkeel.Simulation.Chain.Blocks;

/// <summary>What the ledger would say of a fill, asked for a post-only order.</summary>
internal static class MatchTrial
{
    /// <summary>What it would say of the taker and of the maker; nothing is changed.</summary>
    public static (UpdateResult Taker, UpdateResult Maker) Of(ChainLedger ledger, in MatchRequest match)
    {
        var worth = ledger.Markets[match.Market].Market.FillValue(match.Subticks, match.Quantums);
        var sign = match.Side.Sign();
        return (
            ledger.CanUpdate(
                match.Taker, (-sign * worth.Value) - Cost(worth, match.TakerFee, match.TakerBuilder.FeePpm),
                [new PositionChange(match.Market, sign * match.Quantums)]),
            ledger.CanUpdate(
                match.Maker, (sign * worth.Value) - Cost(worth, match.MakerFee, match.MakerBuilder.FeePpm),
                [new PositionChange(match.Market, -sign * match.Quantums)]));
    }

    private static Int128 Cost(QuoteQuantums worth, Ppm fee, uint builderPpm) =>
        TradingFee.Of(worth, fee).Value + (worth.Value * builderPpm / Ppm.One);
}
