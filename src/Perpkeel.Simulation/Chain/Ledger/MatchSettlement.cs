using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Orders;

namespace Perpkeel.Simulation.Chain.Ledger;

/// <summary>Carries out fills: worth, fees, insurance, both accounts, all of it or nothing.</summary>
/// <remarks>
/// Source: dYdX v4-chain, clob keeper: the worth rounds down; fees round toward plus infinity, so that a
/// rebate rounds toward zero; a builder's fee comes on top and rounds down. A liquidation charges no trading
/// fee and gives no rebate.
/// </remarks>
internal sealed class MatchSettlement(LedgerState state, PairUpdates pairs, LiquidationLimitsBook limits)
{
    /// <summary>A fill between two orders.</summary>
    public MatchOutcome TryMatch(in MatchRequest match)
    {
        var terms = TermsOf(match, match.TakerFee, match.MakerFee, match.TakerBuilder);
        return Carry(match, terms, terms.TakerFee, insurance: 0);
    }

    /// <summary>A fill of a liquidation order with a maker.</summary>
    public MatchOutcome TryLiquidate(in MatchRequest match)
    {
        if (match.TakerBuilder.FeePpm != 0)
        {
            throw new ArgumentException("A liquidation has no builder.", nameof(match));
        }

        var makerFee = new Ppm(Math.Max(match.MakerFee.Value, 0));
        var terms = TermsOf(match, default, makerFee, default);
        var market = state.Markets[match.Market];
        var account = state.Accounts[match.Taker];
        var delta = match.Side.Sign() * match.Quantums;
        if (!Closes(account.QuantumsIn(match.Market), delta)) return Ended(MatchEnd.NotAClose);
        if (market.OraclePrice == 0) return Ended(MatchEnd.NoOraclePrice);

        var risk = state.RiskOf(account);
        if (risk.Maintenance == QuoteQuantums.Zero) return Ended(MatchEnd.NoMaintenance);
        var bankruptcy = state.BankruptcyValue(account, match.Market, delta, risk);
        var insurance = Liquidation.InsuranceDelta(
            new QuoteQuantums(-match.Side.Sign() * terms.Quote), bankruptcy,
            state.Parameters.Liquidation.MostFee).Value;
        if (insurance < 0 && state.Pools[market.Pool].Insurance + insurance < 0)
        {
            return Ended(MatchEnd.InsuranceFundShort);
        }

        var notional = market.Worth(match.Quantums);
        var limit = limits.Check(match.Taker, match.Market, notional, insurance);
        if (limit != MatchEnd.None) return Ended(limit);

        var outcome = Carry(match, terms, insurance, insurance);
        if (outcome.IsDone) limits.Record(match.Taker, notional, insurance);
        return outcome;
    }

    private static bool Closes(long held, long delta) =>
        Math.Sign(held) * Math.Sign(delta) < 0 && Math.Abs(delta) <= Math.Abs(held);

    private static MatchOutcome Ended(MatchEnd end) => new() { End = end };

    private MatchOutcome Carry(in MatchRequest match, in Terms terms, Int128 takerCharge, Int128 insurance)
    {
        var sign = match.Side.Sign();
        var result = pairs.TryApply(new PairUpdate(
            match.Taker, match.Maker, match.Market, sign * match.Quantums,
            (-sign * terms.Quote) - takerCharge - terms.TakerBuilderFee,
            (sign * terms.Quote) - terms.MakerFee - terms.MakerBuilderFee));
        if (result.End != MatchEnd.Done)
        {
            return new MatchOutcome { End = result.End, Taker = result.First, Maker = result.Second };
        }

        state.Pools[state.Markets[match.Market].Pool].Insurance += insurance;
        state.FeeCollector += terms.TakerFee + terms.MakerFee;
        Pay(match.TakerBuilder, terms.TakerBuilderFee);
        Pay(match.MakerBuilder, terms.MakerBuilderFee);
        state.Fees.Record(
            state.Accounts[match.Taker].Key.Owner, state.Accounts[match.Maker].Key.Owner, terms.Quote);
        return new MatchOutcome
        {
            End = MatchEnd.Done,
            Taker = result.First,
            Maker = result.Second,
            Quote = terms.Quote,
            TakerFee = takerCharge,
            MakerFee = terms.MakerFee,
            TakerBuilderFee = terms.TakerBuilderFee,
            MakerBuilderFee = terms.MakerBuilderFee,
            InsuranceDelta = insurance,
            OpenInterestDelta = result.OpenInterestDelta,
            TakerFunding = result.FirstFunding,
            MakerFunding = result.SecondFunding,
        };
    }

    private void Pay(in BuilderCode builder, Int128 fee)
    {
        if (fee == 0) return;
        state.Accounts.Pay(builder.Owner, fee);
        state.BuilderPayouts += fee;
    }

    private Terms TermsOf(in MatchRequest match, Ppm takerFee, Ppm makerFee, in BuilderCode takerBuilder)
    {
        if (match.Taker == match.Maker
            || match.Side.Sign() == 0 || match.Subticks <= 0 || match.Quantums <= 0)
        {
            throw new ArgumentException($"{match} is no match.", nameof(match));
        }

        var quote = state.Markets[match.Market].Market.FillValue(match.Subticks, match.Quantums);
        return new(
            quote.Value, TradingFee.Of(quote, takerFee).Value, TradingFee.Of(quote, makerFee).Value,
            BuilderFee(quote.Value, takerBuilder), BuilderFee(quote.Value, match.MakerBuilder));
    }

    private static Int128 BuilderFee(Int128 quote, in BuilderCode builder) =>
        builder.FeePpm == 0 ? 0 : quote * builder.FeePpm / Ppm.One;

    /// <summary>The money of a fill.</summary>
    private readonly record struct Terms(
        Int128 Quote, Int128 TakerFee, Int128 MakerFee, Int128 TakerBuilderFee, Int128 MakerBuilderFee);
}
