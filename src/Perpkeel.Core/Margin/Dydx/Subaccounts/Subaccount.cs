using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Margin.Dydx.Subaccounts;

/// <summary>A subaccount as the chain keeps it, in unbounded integers.</summary>
/// <remarks>Source: dYdX v4-chain, subaccounts keeper and library.</remarks>
public sealed record Subaccount
{
    /// <summary>USDC in quote quantums, without the worth of positions; negative is a debt.</summary>
    public BigInteger Usdc { get; init; }

    /// <summary>Positions by market; none is empty.</summary>
    public ImmutableSortedDictionary<MarketId, PerpetualPosition> Positions { get; init; } =
        ImmutableSortedDictionary<MarketId, PerpetualPosition>.Empty;

    /// <summary>Initial margin fractions that the account has chosen, by market.</summary>
    public ImmutableSortedDictionary<MarketId, Ppm> CustomInitialMarginPpm { get; init; } =
        ImmutableSortedDictionary<MarketId, Ppm>.Empty;

    /// <summary>Signed base quantums in a market; zero where there is no position.</summary>
    public BigInteger QuantumsIn(MarketId market) =>
        Positions.TryGetValue(market, out var position) ? position.Quantums : 0;

    /// <summary>The same with one more position, or with another in its place.</summary>
    public Subaccount With(PerpetualPosition position) => this with
    {
        Positions = position.IsEmpty
            ? Positions.Remove(position.Market)
            : Positions.SetItem(position.Market, position),
    };

    /// <summary>
    /// The same with all funding paid and received: what moved is summed in millionths of a quantum over all
    /// positions and rounded down once.
    /// </summary>
    public Result<Subaccount, ChainError> Settle(IReadOnlyDictionary<MarketId, Perpetual> perpetuals) =>
        Missing(perpetuals, []) is { } error ? error : Settled(perpetuals);

    /// <summary>Its risk with funding settled.</summary>
    public Result<SubaccountRisk, ChainError> Risk(IReadOnlyDictionary<MarketId, Perpetual> perpetuals) =>
        Missing(perpetuals, []) is { } error ? error : Settled(perpetuals).RiskWhenSettled(perpetuals);

    /// <summary>The same with funding settled and an update applied, whether it is allowed or not.</summary>
    public Result<Subaccount, ChainError> Apply(
        BigInteger usdcDelta, ImmutableArray<PerpetualDelta> deltas,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals) =>
        Missing(perpetuals, deltas) is { } error
            ? error
            : Settled(perpetuals).Moved(usdcDelta, deltas, perpetuals);

    /// <summary>
    /// The same with an initial margin fraction chosen for one market: at least the market's base, and only
    /// while the account covers its initial margin with it.
    /// </summary>
    public Result<Subaccount, ChainError> ChooseInitialMargin(
        MarketId market, Ppm chosen, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        if (Missing(perpetuals, [new PerpetualDelta(market, 0)]) is { } error) return error;
        if (chosen.Value is <= 0 or > Ppm.One) return new ChainError.InvalidLeverage(market, chosen);
        var least = perpetuals[market].LiquidityTier.InitialMarginPpm;
        if (chosen.Value < least.Value) return new ChainError.LeverageExceedsMaximum(market, chosen, least);

        var with = this with { CustomInitialMarginPpm = CustomInitialMarginPpm.SetItem(market, chosen) };
        var risk = with.Settled(perpetuals).RiskWhenSettled(perpetuals);
        return risk.IsInitialCollateralized
            ? with
            : new ChainError.LeverageViolatesMarginRequirements(market, risk);
    }

    /// <summary>The first market of positions and changes that there is not.</summary>
    internal ChainError? Missing(
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals, ImmutableArray<PerpetualDelta> deltas)
    {
        foreach (var market in Positions.Keys.Concat(deltas.Select(delta => delta.Market)))
        {
            if (!perpetuals.ContainsKey(market)) return new ChainError.PerpetualDoesNotExist(market);
        }

        return null;
    }

    internal Subaccount Settled(IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var millionths = BigInteger.Zero;
        var positions = Positions.ToBuilder();
        foreach (var (market, position) in Positions)
        {
            var index = perpetuals[market].FundingIndex;
            millionths += Funding.SettlementPpm(position.Quantums, index - position.FundingIndex);
            positions[market] = position with { FundingIndex = index };
        }

        return this with
        {
            Usdc = Usdc + Rounding.FloorDivide(millionths, Ppm.One),
            Positions = positions.ToImmutable(),
        };
    }

    internal Subaccount Moved(
        BigInteger usdcDelta, ImmutableArray<PerpetualDelta> deltas,
        IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var moved = this with { Usdc = Usdc + usdcDelta };
        foreach (var delta in deltas)
        {
            // A fresh position starts at the current index.
            var position = moved.Positions.TryGetValue(delta.Market, out var held)
                ? held
                : new PerpetualPosition(delta.Market, 0, perpetuals[delta.Market].FundingIndex, 0);
            moved = moved.With(position with
            {
                Quantums = position.Quantums + delta.Quantums,
                QuoteBalance = position.QuoteBalance + delta.QuoteBalance,
            });
        }

        return moved;
    }

    internal SubaccountRisk RiskWhenSettled(IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        var risk = new SubaccountRisk(Usdc, 0, 0);
        foreach (var market in Positions.Keys) risk += MarginOf(market, perpetuals[market]);
        return risk;
    }

    /// <summary>What the position in a market adds, at the account's own leverage.</summary>
    internal SubaccountRisk MarginOf(MarketId market, Perpetual perpetual)
    {
        Ppm? custom = CustomInitialMarginPpm.TryGetValue(market, out var chosen) ? chosen : null;
        return Positions.TryGetValue(market, out var held)
            ? perpetual.Margin(held.Quantums, held.QuoteBalance, custom)
            : default;
    }
}
