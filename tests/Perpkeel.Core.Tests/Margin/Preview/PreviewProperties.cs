using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Accounts;
using Perpkeel.Core.Margin.Preview;
using Perpkeel.Core.Margin.Tiered;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Preview;

[Trait("Req", "MAR-8")]
public sealed class PreviewProperties
{
    private const int Cases = 10_000;
    private const decimal Tolerance = 1e-18m;

    [Fact]
    public void A_preview_gives_the_numbers_that_the_fills_then_give()
    {
        var chance = new Draws(200_300);
        var random = new RandomAccounts(chance);
        var (compared, flips, refused) = (0, 0, 0);
        for (var i = 0; compared < Cases; i++)
        {
            var account = random.Account();
            var fills = new List<AccountChange.OrderFill>();
            for (var n = chance.Within(1, 5); n > 0; n--) fills.Add(random.Fill(account));
            if (IsMixed(account, fills)) continue;
            var preview = Previews.Of(account, [.. fills]);
            if (IsImpossible(preview)) continue;

            var book = new FillBook(account);
            foreach (var fill in fills) book.Fill(fill);

            AssertSame(Previews.Margin(book.ToAccount()), preview.After, $"case {i}");
            compared++;
            if (!preview.IsAllowed) refused++;
            if (preview.Delta.Positions.Any(IsTurnedRound)) flips++;
        }

        Assert.True(flips > 200, $"only {flips} flips");
        Assert.InRange(refused, 100, Cases - 100);
    }

    [Fact]
    public void One_after_the_other_is_the_same_as_all_in_one_list()
    {
        var chance = new Draws(7);
        var random = new RandomAccounts(chance);
        var reckoned = 0;
        for (var i = 0; i < Cases; i++)
        {
            var account = random.Account();
            var changes = new List<AccountChange>();
            for (var n = chance.Within(2, 6); n > 0; n--) changes.Add(random.Change(account));

            var isWhole = MarginPreview.Apply(account, Previews.Book, changes)
                .TryGet(out var whole, out var fault);

            var (now, book) = (account, Previews.Book);
            var refusals = new List<PreviewRefusal>();
            MarginPreview? single = null;
            for (var n = 0; n < changes.Count; n++)
            {
                if (!MarginPreview.Apply(now, book, [changes[n]]).TryGet(out single, out var singleFault))
                {
                    Assert.Equal(fault, singleFault with { Change = n + 1 });
                    break;
                }

                refusals.AddRange(single.Refusals.Select(refusal => refusal with { Change = n + 1 }));
                (now, book) = (single.After.Account, single.Book);
            }

            if (!isWhole) continue;
            reckoned++;
            Assert.Equal(whole!.After.Account, now);
            Assert.Equal(whole.Refusals, refusals);
            Assert.Equal(whole.After.Available, single!.After.Available);
            Assert.Equal(
                whole.After.Positions.Select(held => held.Margin),
                single.After.Positions.Select(held => held.Margin));
            Assert.Equal(
                whole.Constraints.Where(constraint => constraint.Change == changes.Count),
                single.Constraints.Select(constraint => constraint with { Change = changes.Count }));
        }

        Assert.True(reckoned > Cases / 2, $"only {reckoned} lists");
    }

    [Fact]
    public void Fills_change_equity_by_what_they_gain_at_the_mark_less_their_fees()
    {
        var chance = new Draws(31);
        var random = new RandomAccounts(chance);
        for (var i = 0; i < 2_000; i++)
        {
            var account = random.Account();
            var fill = random.Fill(account) with { IsReduceOnly = false };
            if (IsMixed(account, [fill])) continue;

            var preview = Previews.Of(account, fill);
            if (IsImpossible(preview)) continue;

            var mark = account.Settings[fill.Key.Symbol].MarkPrice;
            var sign = fill.Side == Side.Buy ? 1m : -1m;
            Close((sign * fill.Size * (mark - fill.Price)) - fill.Fee, preview.Delta.Equity, $"case {i}");
            Assert.Equal(
                sign * fill.Size, preview.Delta.Positions.Single(delta => delta.Key == fill.Key).Size);
        }
    }

    [Fact]
    public void Where_a_position_is_said_to_be_liquidated_its_balance_is_its_maintenance()
    {
        var chance = new Draws(77);
        var random = new RandomAccounts(chance);
        var found = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var account = random.Account();
            var margin = Previews.Margin(account);
            foreach (var held in margin.Positions)
            {
                // Both legs of an isolated symbol move with the price, but each has a price of its own.
                if (held.LiquidationPrice is not { } price || price > MarginPosition.MostPrice) continue;
                var there = Previews.Of(account, new AccountChange.PriceTo(held.Key.Symbol, price)).After;
                var at = there.Find(held.Key)!.Margin;
                Close(at.TotalMaintenance, at.MarginBalance, $"case {i}, {held.Key}", 1e-9m);
                found++;
            }
        }

        Assert.True(found > 1_000, $"only {found} prices");
    }

    /// <summary>
    /// Whether the orders are of the other mode than the account: that is a fault, not a preview.
    /// </summary>
    private static bool IsMixed(TieredAccount account, IEnumerable<AccountChange.OrderFill> fills) =>
        fills.Select(fill => fill.Key.Leg == PositionLeg.Net)
            .Concat(account.Positions.Keys.Select(key => key.Leg == PositionLeg.Net)).Distinct().Count() > 1;

    /// <summary>
    /// Whether a leg of hedge mode would be reduced by more than there is: nothing is booked then.
    /// </summary>
    private static bool IsImpossible(MarginPreview preview) => preview.Refusals.Any(
        refusal => refusal.Refusal is ChangeRefusal.MoreThanHeld
            or ChangeRefusal.NothingToReduce { Key.Leg: not PositionLeg.Net });

    private static bool IsTurnedRound(PositionDelta delta) =>
        delta is { Before: { } before, After: { } after } && before.Position.Size * after.Position.Size < 0m;

    private static void AssertSame(AccountMargin expected, AccountMargin actual, string of)
    {
        Assert.Equal(expected.Positions.Select(held => held.Key), actual.Positions.Select(held => held.Key));
        foreach (var (want, got) in expected.Positions.Zip(actual.Positions))
        {
            Assert.Equal(want.Position.Size, got.Position.Size);
            Assert.Equal(want.Margin.Tier, got.Margin.Tier);
            Assert.Equal(want.Margin.Notional, got.Margin.Notional);
            Assert.Equal(want.Margin.Maintenance, got.Margin.Maintenance);
            Assert.Equal(want.Margin.Initial, got.Margin.Initial);
            Close(want.Position.EntryPrice, got.Position.EntryPrice, of);
            Close(want.Position.IsolatedWallet, got.Position.IsolatedWallet, of);
            Close(want.Margin.MarginBalance, got.Margin.MarginBalance, of);

            // At 1x a last digit decides between a price of nearly zero and none.
            Close(want.LiquidationPrice ?? 0m, got.LiquidationPrice ?? 0m, of, 1e-12m);
        }

        Close(expected.CrossBalance, actual.CrossBalance, of);
        Close(expected.Available, actual.Available, of);
        Close(expected.Withdrawable, actual.Withdrawable, of);
        Close(expected.Equity, actual.Equity, of);
        Close(expected.CrossMaintenance, actual.CrossMaintenance, of);
    }

    private static void Close(decimal expected, decimal actual, string of, decimal tolerance = Tolerance) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Max(1m, Math.Abs(expected)),
            $"{of}: {expected} is not {actual}");
}
