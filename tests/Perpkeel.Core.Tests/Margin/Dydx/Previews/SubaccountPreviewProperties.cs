using System.Numerics;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.Previews;
using Perpkeel.Core.Margin.Dydx.Subaccounts;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.Previews;

[Trait("Req", "MAR-11")]
public sealed class SubaccountPreviewProperties
{
    [Fact]
    public void A_preview_gives_the_numbers_that_the_chain_then_gives()
    {
        var random = new RandomChain(200);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);
            var (booked, fills) = (account, new List<SubaccountChange>());
            for (var n = random.Between(1, 4); n > 0; n--)
            {
                var fill = AnyFill(random, markets);
                fills.Add(fill with { OpenInterestDelta = 0 });
                var sign = fill.Quantums.Sign;
                var usdc = -(sign * fill.Worth) - Ceiling(fill.Worth * fill.Fee.Value);
                booked = Expect.Good(
                    booked.Apply(usdc, [new PerpetualDelta(fill.Market, fill.Quantums)], markets));
            }

            var preview = Expect.Good(SubaccountPreview.Apply(account, markets, fills));

            Assert.Equal(booked.Usdc, preview.After.Account.Usdc);
            Assert.Equal(booked.Positions.Values, preview.After.Account.Positions.Values);
            Assert.Equal(Expect.Good(booked.Risk(markets)), preview.After.Risk);
            Assert.Equal(
                preview.After.Risk, preview.After.Positions.Aggregate(
                    new SubaccountRisk(booked.Usdc, 0, 0), (sum, held) => sum + held.Margin));
        }
    }

    [Fact]
    public void Its_verdict_is_the_chains_on_a_match_with_somebody_who_opens_as_well()
    {
        var random = new RandomChain(201);
        var seen = new HashSet<UpdateResult>();
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);
            var fill = AnyFill(random, markets) with { Fee = default };
            var usdc = -fill.Quantums.Sign * fill.Worth;
            SubaccountUpdate[] sides =
            [
                new()
                {
                    Subaccount = account,
                    UsdcDelta = usdc,
                    PerpetualDeltas = [new PerpetualDelta(fill.Market, fill.Quantums)],
                },
                new()
                {
                    Subaccount = new Subaccount { Usdc = BigInteger.Pow(10, 40) },
                    UsdcDelta = -usdc,
                    PerpetualDeltas = [new PerpetualDelta(fill.Market, -fill.Quantums)],
                },
            ];

            var preview = Expect.Good(SubaccountPreview.Apply(account, markets, [fill]));
            var verdict = Expect.Good(SubaccountUpdates.Check(sides, UpdateType.Match, markets))[0];

            seen.Add(verdict);
            Assert.Equal(
                verdict,
                preview.Refusals.IsEmpty ? UpdateResult.Success
                : preview.Refusals[0].Refusal is SubaccountRefusal.NewlyUndercollateralized
                    ? UpdateResult.NewlyUndercollateralized
                : UpdateResult.StillUndercollateralized);
            Assert.Equal(preview.IsAllowed, !preview.Constraints.Any(constraint => constraint.IsRefusal));
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void A_rule_that_does_not_hold_has_less_than_is_needed()
    {
        var random = new RandomChain(203);
        var (kept, broken) = (0, 0);
        for (var i = 0; i < RandomChain.Cases; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);

            var preview = Expect.Good(
                SubaccountPreview.Apply(account, markets, [AnyFill(random, markets)]));

            foreach (var rule in preview.Constraints)
            {
                if (rule.Rule == SubaccountRule.MaintenanceMargin) continue;
                Assert.Equal(rule.IsSatisfied, rule.Headroom.Sign >= 0);
                if (rule.Rule == SubaccountRule.InitialMargin) continue;
                if (rule.IsSatisfied) kept++;
                else broken++;
            }
        }

        Assert.True(kept > 20 && broken > 100, $"{kept} kept, {broken} broken");
    }

    [Fact]
    public void One_after_the_other_is_the_same_as_all_in_one_list()
    {
        var random = new RandomChain(202);
        var reckoned = 0;
        for (var i = 0; i < RandomChain.Cases / 4; i++)
        {
            var markets = random.Perpetuals(random.Between(1, 3));
            var account = random.Account(markets);
            SubaccountChange[] changes = [.. Enumerable.Range(0, 4).Select(_ => AnyChange(random, markets))];

            var isWhole = SubaccountPreview.Apply(account, markets, changes)
                .TryGet(out var whole, out var fault);

            IReadOnlyDictionary<MarketId, Perpetual> now = markets;
            var refusals = new List<(int Change, SubaccountRefusal Refusal)>();
            for (var n = 0; n < changes.Length; n++)
            {
                if (!SubaccountPreview.Apply(account, now, [changes[n]])
                    .TryGet(out var single, out var singleFault))
                {
                    Assert.Equal(fault, singleFault with { Change = n + 1 });
                    break;
                }

                refusals.AddRange(single.Refusals.Select(refusal => (n + 1, refusal.Refusal)));
                (account, now) = (single.After.Account, single.Markets);
            }

            if (!isWhole) continue;
            reckoned++;
            Assert.Equal(whole!.After.Account.Usdc, account.Usdc);
            Assert.Equal(whole.After.Account.Positions, account.Positions);
            Assert.Equal(whole.Markets, now);
            Assert.Equal(whole.Refusals, refusals);
        }

        Assert.True(reckoned > 1_000, $"only {reckoned} lists");
    }

    private static SubaccountChange.Fill AnyFill(RandomChain random, Dictionary<MarketId, Perpetual> markets)
    {
        var market = markets[new MarketId($"M{random.Below(markets.Count)}")];
        var quantums = random.Signed(13);
        if (quantums.IsZero) quantums = 1;
        var worth = market.BaseToQuote(BigInteger.Abs(quantums));
        return new SubaccountChange.Fill(market.Id, quantums, worth * random.Between(90, 110) / 100)
        {
            Fee = new Ppm(random.Between(-110, 500)),
        };
    }

    private static SubaccountChange AnyChange(RandomChain random, Dictionary<MarketId, Perpetual> markets)
    {
        var market = new MarketId($"M{random.Below(markets.Count)}");
        return random.Below(8) switch
        {
            0 => new SubaccountChange.PriceTo(market, 1 + random.Unsigned(10)),
            1 => new SubaccountChange.PriceBy(
                random.Coin() ? null : market, new Ppm(random.Between(-500_000, 900_000))),
            2 => new SubaccountChange.Deposit(1 + random.Unsigned(12)),
            3 => new SubaccountChange.Withdrawal(1 + random.Unsigned(12))
            {
                AreBlocked = random.Below(4) == 0,
            },
            4 => new SubaccountChange.LeverageChoice(market, new Ppm(random.Between(1, 1_000_000))),
            5 => new SubaccountChange.OpenInterestTo(market, random.Unsigned(15)),
            6 => new SubaccountChange.TierChange(market, random.Tier()),
            _ => AnyFill(random, markets),
        };
    }

    /// <summary>A millionth of it, rounded up.</summary>
    private static BigInteger Ceiling(BigInteger product)
    {
        var quotient = BigInteger.DivRem(product, 1_000_000, out var remainder);
        return remainder.Sign > 0 ? quotient + 1 : quotient;
    }
}
