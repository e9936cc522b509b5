using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Risk;
using Xunit;

namespace Perpkeel.Core.Tests.Engine;

public sealed class ReservationProperties
{
    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_hundred_signals_before_any_answer_never_exceed_balance_leverage_exposure_or_positions() =>
        Prop.ForAll(Limits.ToArbitrary(), Sides.ToArbitrary(), (limits, sides) =>
        {
            var account = ReservationTests.Markets(limits);
            for (var i = 0; i < sides.Length; i++)
            {
                account.Enter(account.Engine.Markets.Values.ElementAt(i * 7 % 20), sides[i]);
                account.Advance(TimeSpan.FromMilliseconds(1_100));
            }

            var before = ReservationTests.Known(account);
            ReservationTests.FillAll(account);
            return IsWithin(limits, before) && IsWithin(limits, ReservationTests.Known(account))
                && account.State.Totals.Decisions == sides.Length
                && account.State.Totals.Refusals + ReservationTests.Planned(account).Count() == sides.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    [Trait("Req", "EXE-3")]
    public void A_thousand_signals_over_a_hundred_accounts_stay_apart()
    {
        var limits = ReservationTests.Wide with { Leverage = new Leverage(3m), MaxTotalExposure = 2m };
        var accounts = Enumerable.Range(0, 100).Select(_ => ReservationTests.Markets(limits)).ToList();

        for (var i = 0; i < 1_000; i++)
        {
            var account = accounts[i % 100];
            account.Enter(account.Engine.Markets.Values.ElementAt(i / 100));
            account.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(accounts, account =>
        {
            Assert.True(IsWithin(limits, ReservationTests.Known(account)));
            Assert.Equal(10, account.State.Totals.Decisions);
            Assert.Equal(accounts[0].Venue.Wire, account.Venue.Wire);
        });
    }

    private static Gen<Side[]> Sides { get; } =
        Gen.ArrayOf(Gen.Elements(Side.Buy, Side.Sell), 100);

    private static Gen<RiskLimits> Limits { get; } =
        from leverage in Gen.Choose(1, 25)
        from cap in Gen.Choose(1, 25)
        from total in Gen.Choose(1, 60)
        from share in Gen.Choose(1, 300)
        from positions in Gen.Choose(1, 15)
        select ReservationTests.Wide with
        {
            Leverage = new Leverage(leverage),
            LeverageCap = new Leverage(cap),
            MaxTotalExposure = total / 4m,
            MaxMarketExposure = share / 50m,
            MaxPositions = positions,
        };

    /// <summary>Exposure is compared with the equity that the decisions rested on.</summary>
    private static bool IsWithin(RiskLimits limits, AccountFacts known) =>
        known.Available >= Usd.Zero
        && known.GrossExposure <= new Usd(10_000m) * limits.MaxTotalExposure
        && known.GrossExposure <= new Usd(10_000m) * limits.LeverageCap.Value
        && known.Positions <= limits.MaxPositions;
}
