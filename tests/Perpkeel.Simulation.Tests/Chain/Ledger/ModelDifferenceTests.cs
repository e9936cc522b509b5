using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Liquidations;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Simulation.Markets.Synthetic;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger;

/// <summary>
/// The ledger's 128 bits against the unbounded model, on states drawn close to where they decide.
/// </summary>
[Trait("Req", "PAP-1")]
public sealed class ModelDifferenceTests
{
    private const int States = 110_000;
    private const int MarketCount = 4;

    /// <summary>
    /// Risk, verdicts on a pair's update, and both accounts after it. About half of the updates pass, and
    /// each verdict comes up.
    /// </summary>
    [Fact]
    public void Ix_8_ledger_and_model_say_and_do_the_same()
    {
        var chance = new SeededRandom(8);
        var seen = new Dictionary<UpdateResult, int>();
        var books = Enumerable.Range(0, 200).Select(_ => Markets(chance)).ToList();
        for (var turn = 0; turn < States; turn++)
        {
            var perpetuals = books[turn % books.Count];
            var model = new ModelLedger(perpetuals.Values);
            var market = perpetuals.Keys.ElementAt(chance.Below(MarketCount));
            var delta = chance.Between(-2_000, 2_000) * 10_000_000;
            var (first, second) = (
                Account(chance, perpetuals, market, delta), Account(chance, perpetuals, market, -delta));
            var quote = (Int128)perpetuals[market].BaseToQuote(-delta) + chance.Between(-1_000, 1_000);
            var (one, two) = (model.Add(first), model.Add(second));
            SameRisk(model, one, first, perpetuals);
            SameRisk(model, two, second, perpetuals);

            SubaccountUpdate[] updates =
                [Update(first, market, delta, quote), Update(second, market, -delta, -quote)];
            Assert.True(SubaccountUpdates.Check(updates, UpdateType.Match, perpetuals)
                .TryGet(out var expected, out _));
            Assert.True(OpenInterestDelta.OfMatch(updates).TryGet(out var interest, out _));
            var told = new PairUpdates(model.Ledger.State).TryApply(
                new PairUpdate(one, two, model.Index(market), delta, quote, -quote));

            Assert.Equal<UpdateResult>([expected[0], expected[1]], [told.First, told.Second]);
            foreach (var result in expected) seen[result] = seen.GetValueOrDefault(result) + 1;
            var isDone = expected.All(result => result == UpdateResult.Success);
            Assert.Equal(isDone, told.End == MatchEnd.Done);
            if (isDone) Assert.Equal(interest.BaseQuantums, told.OpenInterestDelta);
            Same(isDone ? After(updates[0], perpetuals) : first, model.ModelOf(one));
            Same(isDone ? After(updates[1], perpetuals) : second, model.ModelOf(two));
        }

        Assert.True(seen[UpdateResult.Success] > States / 2);
        Assert.True(seen[UpdateResult.NewlyUndercollateralized] > States / 100);
        Assert.True(seen[UpdateResult.StillUndercollateralized] > States / 100);
        Assert.True(seen[UpdateResult.ViolatesIsolatedSubaccountConstraints] > States / 100);
    }

    [Fact]
    public void Ix_11_insurance_and_deleveraging_are_the_models()
    {
        var chance = new SeededRandom(11);
        var done = 0;
        for (var turn = 0; turn < 10_000; turn++)
        {
            var perpetuals = Markets(chance);
            var market = perpetuals.Keys.ElementAt(chance.Below(MarketCount));
            var delta = chance.Between(1, 2_000) * 10_000_000 * (chance.Below(2) == 0 ? 1 : -1);
            var liquidated = Account(chance, perpetuals, market, delta);
            liquidated = liquidated.With(new PerpetualPosition(
                market, -delta * chance.Between(1, 3), perpetuals[market].FundingIndex, 0));
            var offsetting = Account(chance, perpetuals, market, -delta);
            offsetting = offsetting.With(new PerpetualPosition(
                market, delta * chance.Between(1, 3), perpetuals[market].FundingIndex, 0));
            var model = new ModelLedger(perpetuals.Values);
            var (one, two) = (model.Add(liquidated), model.Add(offsetting));

            var isGood = Deleveraging
                .Process(
                    liquidated, offsetting, market, delta, DeleveragingPrice.Bankruptcy,
                    model.Perpetuals())
                .TryGet(out var expected, out _);
            var quote = model.Ledger.Deleveraging.TryClose(
                one, two, model.Index(market), delta, DeleveragingPrice.Bankruptcy);

            Assert.Equal(isGood, quote is not null);
            if (!isGood) continue;
            done++;
            Assert.Equal((Int128)expected!.QuoteDelta, quote);
            Same(expected.Liquidated, model.ModelOf(one));
            Same(expected.Offsetting, model.ModelOf(two));
        }

        Assert.InRange(done, 1_000, 9_999);
    }

    private static void SameRisk(
        ModelLedger model, int index, Subaccount account, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        Assert.True(account.Risk(perpetuals).TryGet(out var expected, out _));
        Assert.Equal(expected, model.Ledger.RiskOf(index).ToUnbounded());
        Assert.Equal(expected.IsLiquidatable, model.Ledger.RiskOf(index).IsLiquidatable);
    }

    private static void Same(Subaccount expected, Subaccount actual)
    {
        Assert.Equal(expected.Usdc, actual.Usdc);
        Assert.Equal(expected.Positions.Values, actual.Positions.Values);
    }

    private static SubaccountUpdate Update(Subaccount account, MarketId market, long delta, Int128 quote) =>
        new() { Subaccount = account, UsdcDelta = quote, PerpetualDeltas = [new(market, delta)] };

    private static Subaccount After(
        SubaccountUpdate update, IReadOnlyDictionary<MarketId, Perpetual> perpetuals)
    {
        Assert.True(update.Subaccount.Apply(update.UsdcDelta, update.PerpetualDeltas, perpetuals)
            .TryGet(out var after, out _));
        return after;
    }

    private static Dictionary<MarketId, Perpetual> Markets(SeededRandom chance) =>
        Enumerable.Range(0, MarketCount).Select(index =>
        {
            var (market, price) = RandomMarkets.Draw(chance, index, isIsolated: index == MarketCount - 1);
            var caps = market.OpenInterestUpperCap.Value;
            var perpetual = Perpetual.Of(market, price, 0);
            return perpetual with
            {
                OpenInterest = perpetual.QuoteToBase(caps * chance.Between(0, 120) / 100),
                FundingIndex = chance.Between(-1_000_000, 1_000_000),
            };
        }).ToDictionary(market => market.Id);

    /// <summary>
    /// An account that lies within a few quantums of a requirement before or after its side of an update, or
    /// anywhere.
    /// </summary>
    private static Subaccount Account(
        SeededRandom chance, IReadOnlyDictionary<MarketId, Perpetual> perpetuals, MarketId touched,
        long delta)
    {
        var account = new Subaccount();
        foreach (var market in perpetuals.Keys)
        {
            var isIsolated = perpetuals[market].MarketType == MarketType.Isolated;
            if (chance.Below(isIsolated ? 8 : 2) > 0) continue;
            var held = market == touched && chance.Below(2) == 0
                ? -delta * chance.Between(1, 2)
                : chance.Between(-2_000, 2_000) * 10_000_000;
            account = account.With(new PerpetualPosition(
                market, held, chance.Between(-1_000_000, 1_000_000), 0));
            if (chance.Below(4) == 0)
            {
                account = account with
                {
                    CustomInitialMarginPpm = account.CustomInitialMarginPpm.SetItem(
                        market, new Ppm(chance.Between(1, Ppm.One))),
                };
            }
        }

        Assert.True(account.Risk(perpetuals).TryGet(out var now, out _));
        var change = ImmutableArray.Create(new PerpetualDelta(touched, delta));
        Assert.True(account.Apply(perpetuals[touched].BaseToQuote(-delta), change, perpetuals)
            .TryGet(out var after, out _));
        Assert.True(after.Risk(perpetuals).TryGet(out var next, out _));
        var aim = chance.Below(6) switch
        {
            0 => now.FreeCollateral,
            1 => now.NetCollateral - now.Maintenance,
            2 => next.FreeCollateral,
            3 => next.NetCollateral - next.Maintenance,
            4 => now.NetCollateral,
            _ => -chance.Between(0, 1_000_000_000_000),
        };
        return account with { Usdc = -aim + chance.Between(-3, 3) };
    }
}
