using System.Text.Json;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Simulation.Chain.Ledger;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Simulation.Tests.Chain.Ledger.Vectors;

/// <summary>The chain's own test tables for funding, inside the ledger.</summary>
[Trait("Category", "Vectors")]
[Trait("Req", "PAP-1")]
public sealed class FundingLedgerVectors
{
    /// <summary>A tier whose distance from maintenance to initial margin is the whole.</summary>
    private static readonly LiquidityTier Widest = new()
    {
        InitialMarginPpm = new Ppm(Ppm.One),
        MaintenanceFractionPpm = new Ppm(0),
    };

    [Fact]
    public void Ix_12_index_moves_by_the_rate_and_the_time() =>
        VectorCheck.Check("funding.indexDelta", vector =>
        {
            var ledger = new ChainLedger(Parameters(new() { RateClamp = new Ppm(long.MaxValue / 4) }));
            var market = vector.Input().Perpetual() with { LiquidityTier = Widest };
            Add(ledger, market, vector.Input().Ppm("rate8hPpm"));

            ledger.Funding.Tick((long)vector.Input("secondsSinceLastFunding").Whole());

            Assert.Equal(
                (Int128)vector.Expected("indexDelta").Whole(), ledger.Markets[0].FundingIndex);
        });

    [Fact]
    public void Ix_12_settlement_of_a_position() => VectorCheck.Check("funding.settlementPpm", vector =>
    {
        var market = new Perpetual
        {
            Id = new MarketId("0"),
            AtomicResolution = -6,
            OracleExponent = -6,
            OraclePrice = 1,
            LiquidityTier = Widest,
            FundingIndex = vector.Input("perpetualFundingIndex").Whole(),
        };
        var model = new ModelLedger([market]);
        var account = model.Add(new Subaccount().With(new PerpetualPosition(
            market.Id, vector.Input("positionQuantums").Whole(),
            vector.Input("positionFundingIndex").Whole(), 0)));

        Assert.Equal(
            (Int128)vector.Expected("settlementPpm").Whole(),
            model.Ledger.State.UnsettledPpm(model.Ledger.Accounts[account]));
    });

    [Fact]
    public void Ix_12_sample_is_the_median_of_the_minutes_votes() =>
        VectorCheck.Check("funding.sampleMedian", vector =>
        {
            var ledger = new ChainLedger(Parameters(new()
            {
                LeastVotes = (int)vector.Input("minNumVotesPerSample").Whole(),
            }));
            ledger.BeginBlock(1, DateTimeOffset.UnixEpoch);
            var names = vector.Input("votesByPerpetual").EnumerateObject().ToList();
            foreach (var (index, votes) in names.Index())
            {
                Add(ledger, vector.Input().Perpetual() with { Id = new(votes.Name), LiquidityTier = Widest });
                foreach (var vote in votes.Value.EnumerateArray())
                {
                    ledger.Funding.Vote(index, new Ppm((long)vote.Whole()));
                }
            }

            for (var block = 0; block < (int)vector.Input("numPremiums").Whole(); block++)
            {
                Assert.False(ledger.Funding.EndBlock());
            }

            ledger.Funding.Sample();

            foreach (var (index, votes) in names.Index())
            {
                Assert.Equal(
                    vector.Expected("newNonZeroSamples").Whole(votes.Name),
                    ledger.Funding.SamplesOf(index)[0].Value);
            }
        });

    [Fact]
    public void Ix_12_tick_of_an_hour() => VectorCheck.Check("funding.tick", vector =>
    {
        var seconds = (long)vector.Input("tickDurationSeconds").Whole();
        var ledger = new ChainLedger(Parameters(new()
        {
            LeastVotes = 1,
            LeastSamples = (int)(seconds / (long)vector.Input("sampleDurationSeconds").Whole()),
            RateClamp = vector.Input().Ppm("fundingRateClampFactorPpm"),
            TailRemoval = vector.Input().Ppm("tailRemovalRatePpm"),
        }));
        var markets = vector.Input("perpetuals").EnumerateArray().ToList();
        foreach (var market in markets) Add(ledger, market.Perpetual(), market.Ppm("defaultFundingPpm"));
        foreach (var run in vector.Input("premiumSamplesPpmRunLength").EnumerateArray())
        {
            for (var sample = 0; sample < (int)run.Whole("count"); sample++)
            {
                for (var market = 0; market < markets.Count; market++)
                {
                    ledger.Funding.Vote(market, run.Ppm("value"));
                }

                ledger.Funding.Sample();
            }
        }

        ledger.Funding.Tick(seconds);

        for (var market = 0; market < markets.Count; market++)
        {
            Assert.Equal(
                vector.Expected("ratesPpm")[market].Whole(),
                ledger.Funding.LastTick(market).EightHourRate.Value);
            Assert.Equal(
                (Int128)vector.Expected("indexDeltas")[market].Whole(),
                ledger.Markets[market].FundingIndex - (Int128)markets[market].Whole("fundingIndex"));
        }
    });

    /// <summary>
    /// Refusals of pairs that are no perpetuals have no counterpart: all markets of a ledger are.
    /// </summary>
    [Fact]
    public void Ix_12_premium_of_a_book() => VectorCheck.Check("funding.premium", vector =>
    {
        if (vector.ErrorCode() is "premium-with-non-perpetual-clob-pair") return;
        var model = new ModelLedger(
            [
                new Perpetual
                {
                    Id = new MarketId("0"),
                    AtomicResolution = (int)vector.Input("baseAtomicResolution").Whole(),
                    OracleExponent = (int)vector.Input("indexExponent").Whole(),
                    OraclePrice = vector.Input("indexPrice").Whole(),
                    LiquidityTier = Widest with
                    {
                        ImpactNotional = vector.Input().Quote("impactNotionalQuoteQuantums"),
                    },
                },
            ],
            Parameters(new() { VoteClamp = vector.Input().Ppm("maxAbsPremiumVotePpm") }),
            (int)vector.Input("quantumConversionExponent").Whole());
        var orders = vector.Input("orders").EnumerateArray().Select(Order).ToList();

        var isGood = model.Ledger.Funding.PremiumOf(0, orders).TryGet(out var premium, out var error);

        Assert.Equal(vector.ErrorCode(), error?.Code);
        if (!isGood) return;
        Assert.Equal(vector.Expected("premiumPpm").Whole(), premium.Value);
        var isOutside = model.Ledger.Funding.IsOutside(0, Best(Side.Buy), Best(Side.Sell));
        Assert.True(isOutside || premium.Value == 0);

        long Best(Side side)
        {
            var prices = orders.Where(order => order.Side == side).Select(order => (long)order.Subticks);
            return side == Side.Buy ? prices.DefaultIfEmpty().Max() : prices.DefaultIfEmpty().Min();
        }
    });

    private static LedgerParameters Parameters(FundingParameters funding) => new() { Funding = funding };

    private static void Add(ChainLedger ledger, Perpetual perpetual, Ppm defaultFunding = default)
    {
        var index = ledger.Markets.Count;
        var market = ledger.AddMarket(ModelLedger.RulesOf(perpetual, index, -8), defaultFunding);
        ledger.MoveOracle(index, (long)perpetual.OraclePrice);
        market.MoveFunding((Int128)perpetual.FundingIndex);
    }

    private static BookOrder Order(JsonElement order) => new(
        order.GetProperty("side").ValueEquals("BUY") ? Side.Buy : Side.Sell,
        order.Whole("quantums"), order.Whole("subticks"));
}
