using System.Collections.Immutable;
using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Perpkeel.Testing;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Subaccounts;

[Trait("Req", "MAR-11")]
public sealed class SubaccountUpdatesTests
{
    private const long OneBtc = 10_000_000_000;

    private static readonly MarketId Btc = SampleMarkets.Btc.Id;
    private static readonly MarketId Eth = SampleMarkets.Eth.Id;
    private static readonly MarketId Alone = new("ALONE-USD");

    [Fact]
    public void Each_update_starts_from_the_account_as_it_is()
    {
        var account = new Subaccount { Usdc = 2_600_000_000 };
        var buy = Trade(account, Btc, OneBtc, -50_000_000_000);

        Assert.Equal(
            [UpdateResult.Success, UpdateResult.Success],
            Check(UpdateType.CollatCheck, buy, buy));
    }

    [Fact]
    public void A_match_is_judged_at_the_open_interest_after_it()
    {
        var markets = Markets();
        markets[Btc] = Perpetual.Of(
            SampleMarkets.Btc with
            {
                OpenInterestLowerCap = Usdc(50_000),
                OpenInterestUpperCap = Usdc(150_000),
            },
            5_000_000_000, OneBtc);
        var updates = new[]
        {
            Trade(new Subaccount { Usdc = 2_500_000_000 }, Btc, OneBtc, -50_000_000_000),
            Trade(new Subaccount { Usdc = 26_250_000_000 }, Btc, -OneBtc, 50_000_000_000),
        };

        // 100,000 of open interest are half way from 5 % to 100 %.
        var match = Expect.Good(SubaccountUpdates.Check(updates, UpdateType.Match, markets));
        var check = Expect.Good(SubaccountUpdates.Check(updates, UpdateType.CollatCheck, markets));

        Assert.Equal([UpdateResult.NewlyUndercollateralized, UpdateResult.Success], match);
        Assert.Equal([UpdateResult.Success, UpdateResult.Success], check);
    }

    [Fact]
    public void Isolation_is_looked_at_first_and_the_others_say_success()
    {
        var poor = Trade(new Subaccount(), Btc, OneBtc, -50_000_000_000);
        var mixed = Trade(
            new Subaccount().With(new PerpetualPosition(Btc, 1, 0, 0)), Alone, 1, 0);

        Assert.Equal(
            [UpdateResult.Success, UpdateResult.ViolatesIsolatedSubaccountConstraints],
            Check(UpdateType.CollatCheck, poor, mixed));
    }

    [Fact]
    public void An_isolated_position_stands_alone()
    {
        var holder = new Subaccount { Usdc = 1_000_000 }.With(new PerpetualPosition(Alone, 1, 0, 0));

        Assert.Equal([UpdateResult.Success], Check(UpdateType.CollatCheck, Trade(holder, Alone, 1, 0)));
        Assert.Equal(
            [UpdateResult.Success],
            Check(UpdateType.Deposit, new SubaccountUpdate { Subaccount = holder, UsdcDelta = 1 }));
        Assert.Equal(
            [UpdateResult.ViolatesIsolatedSubaccountConstraints],
            Check(UpdateType.CollatCheck, Trade(holder, Eth, 1, 0)));
        Assert.Equal(
            [UpdateResult.ViolatesIsolatedSubaccountConstraints],
            Check(UpdateType.CollatCheck, new SubaccountUpdate
            {
                Subaccount = new Subaccount { Usdc = 1_000_000 },
                PerpetualDeltas = [new(Alone, 1), new(Btc, 1)],
            }));
    }

    [Theory]
    [InlineData(UpdateType.Withdrawal, UpdateResult.WithdrawalsAndTransfersBlocked)]
    [InlineData(UpdateType.Transfer, UpdateResult.WithdrawalsAndTransfersBlocked)]
    [InlineData(UpdateType.Deposit, UpdateResult.Success)]
    [InlineData(UpdateType.CollatCheck, UpdateResult.Success)]
    public void While_the_chain_holds_back_nothing_leaves(UpdateType type, UpdateResult expected)
    {
        var update = new SubaccountUpdate { Subaccount = new Subaccount { Usdc = 5 }, UsdcDelta = -1 };

        var blocked = SubaccountUpdates.Check([update], type, Markets(), areWithdrawalsBlocked: true);

        Assert.Equal([expected], Expect.Good(blocked));
        Assert.Equal([UpdateResult.Success], Check(type, update));
    }

    [Fact]
    public void A_market_without_a_price_cannot_be_traded()
    {
        var markets = Markets();
        markets[Btc] = markets[Btc] with { OraclePrice = 0 };
        var update = Trade(new Subaccount { Usdc = 1 }, Btc, 1, 0);

        Assert.Equal(
            new ChainError.ProductPositionNotUpdatable(Btc),
            Expect.Bad(SubaccountUpdates.Check([update], UpdateType.CollatCheck, markets)));
    }

    [Fact]
    public void A_match_that_is_none_is_refused()
    {
        var account = new Subaccount();
        var buy = Trade(account, Btc, 5, 0);

        Assert.Equal("match-updates-must-have-two-updates", Refusal(buy));
        Assert.Equal("match-updates-must-have-two-updates", Refusal(buy, buy, buy));
        Assert.Equal("match-updates-must-be-same-perp-id", Refusal(buy, Trade(account, Eth, -5, 0)));
        Assert.Equal("match-updates-invalid-size", Refusal(buy, Trade(account, Btc, -4, 0)));
        Assert.Equal("match-updates-invalid-size", Refusal(buy, buy));
        Assert.Equal("match-updates-must-update-one-perp", Refusal(buy, new SubaccountUpdate
        {
            Subaccount = account,
            PerpetualDeltas = [new(Btc, -5), new(Eth, 1)],
        }));
    }

    [Fact]
    public void A_fee_beside_the_sides_of_a_match_is_no_side()
    {
        var fee = new SubaccountUpdate { Subaccount = new Subaccount { Usdc = 1 }, UsdcDelta = 1 };
        var (buy, sell) = (Trade(new Subaccount(), Btc, 5, 0), Trade(new Subaccount(), Btc, -5, 0));

        var delta = Expect.Good(OpenInterestDelta.OfMatch([buy, fee, sell]));

        Assert.Equal(new OpenInterestDelta(Btc, 5), delta);
    }

    [Fact]
    public void Only_a_match_moves_the_open_interest()
    {
        SubaccountUpdate[] updates =
            [Trade(new Subaccount(), Btc, 5, 0), Trade(new Subaccount(), Btc, -5, 0)];

        foreach (var type in Enum.GetValues<UpdateType>())
        {
            var delta = Expect.Good(OpenInterestDelta.Of(updates, type));

            Assert.Equal(type == UpdateType.Match ? 5 : 0, delta.BaseQuantums);
        }

        Assert.True(Expect.Good(OpenInterestDelta.Of([updates[0]], UpdateType.Deposit)).BaseQuantums.IsZero);
    }

    [Fact]
    public void Open_interest_is_what_is_long_before_and_after()
    {
        var random = new RandomChain(51);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var (one, other, moved) = (random.Signed(6), random.Signed(6), random.Signed(6));

            var delta = Expect.Good(OpenInterestDelta.OfMatch(
                [Trade(Holder(one), Btc, moved, 0), Trade(Holder(other), Btc, -moved, 0)]));

            var before = BigInteger.Max(one, 0) + BigInteger.Max(other, 0);
            var after = BigInteger.Max(one + moved, 0)
                + BigInteger.Max(other - moved, 0);
            Assert.Equal(after - before, delta.BaseQuantums);
        }
    }

    [Fact]
    public void A_wrong_use_of_leverage_is_told_with_its_numbers()
    {
        var error = new ChainError.LeverageExceedsMaximum(Btc, new Ppm(1), new Ppm(2));

        Assert.Equal("An initial margin of 1 ppm in BTC-USD is below the least of 2 ppm.", error.Message);
    }

    private static Subaccount Holder(BigInteger quantums) =>
        new Subaccount().With(new PerpetualPosition(Btc, quantums, 0, 0));

    private static string Refusal(params SubaccountUpdate[] updates) =>
        Expect.Bad(SubaccountUpdates.Check(updates, UpdateType.Match, Markets())).Code;

    private static ImmutableArray<UpdateResult> Check(UpdateType type, params SubaccountUpdate[] updates) =>
        Expect.Good(SubaccountUpdates.Check(updates, type, Markets()));

    private static SubaccountUpdate Trade(
        Subaccount account, MarketId market, BigInteger quantums, long usdc) => new()
        {
            Subaccount = account,
            UsdcDelta = usdc,
            PerpetualDeltas = [new(market, quantums)],
        };

    private static QuoteQuantums Usdc(long amount) => new((Int128)amount * QuoteQuantums.PerUsd);

    private static Dictionary<MarketId, Perpetual> Markets() => new()
    {
        [Btc] = Perpetual.Of(SampleMarkets.Btc, 5_000_000_000, 0),
        [Eth] = Perpetual.Of(SampleMarkets.Eth, 3_000_000_000, 0),
        [Alone] = Perpetual.Of(
            SampleMarkets.Sol with { Id = Alone, MarketType = MarketType.Isolated }, 15_000_000_000, 0),
    };
}
