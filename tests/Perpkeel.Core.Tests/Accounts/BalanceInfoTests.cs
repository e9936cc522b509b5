using FsCheck;
using FsCheck.Fluent;
using Perpkeel.Core.Accounts;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Accounts;

public sealed class BalanceInfoTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Req", "BAL-1")]
    public void A_total_that_is_not_the_sum_cannot_be_made()
    {
        var error = Assert.Throws<ArgumentException>(() => Balance(100m, 60m, 41m));

        Assert.StartsWith("Total 100 is not available 60 plus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "BAL-1")]
    public void Available_may_be_negative_and_is_not_clamped()
    {
        var balance = Balance(100m, -20.5m, 120.5m);

        Assert.Equal(new Usd(-20.5m), balance.Available);
        Assert.True(balance.Validate().TryGet(out var same, out _));
        Assert.Same(balance, same);
    }

    [Fact]
    [Trait("Req", "BAL-1")]
    public void Whatever_adds_up_is_kept_as_it_is()
    {
        var amounts = Gen.Choose(-1_000_000, 1_000_000).Select(cents => new Usd(cents / 100m)).ToArbitrary();

        Prop.ForAll(amounts, amounts, (available, locked) =>
        {
            var balance = new BalanceInfo(available + locked, available, locked, Noon);
            return balance.Total == balance.Available + balance.Locked && balance.AsOf == Noon;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Theory]
    [Trait("Req", "BAL-1")]
    [InlineData(100, 60, 41, "balance-does-not-add-up", "Total 100 is not available 60 plus locked 41.")]
    [InlineData(100, 160, -60, "balance-locked-negative", "Locked is -60; it cannot be negative.")]
    public void A_report_that_makes_no_sense_is_refused(
        int total, int available, int locked, string code, string message)
    {
        var read = BalanceInfo.From(new Usd(total), new Usd(available), new Usd(locked), Noon);

        Assert.False(read.TryGet(out _, out var fault));
        Assert.Equal(code, fault.Code);
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    [Trait("Req", "BAL-1")]
    public void A_balance_without_a_timestamp_is_not_valid()
    {
        var balance = new BalanceInfo(new Usd(2m), new Usd(1m), new Usd(1m), default);

        Assert.False(balance.Validate().TryGet(out _, out var fault));
        Assert.Equal("balance-without-timestamp", fault.Code);
        Assert.Equal("The balance has no timestamp.", fault.Message);
    }

    [Theory]
    [Trait("Req", "BAL-1")]
    [InlineData(0, true)]
    [InlineData(4_999, true)]
    [InlineData(5_000, false)]
    [InlineData(-4_999, true)]
    [InlineData(-5_000, false)]
    public void It_is_fresh_while_younger_than_the_time_to_live(int ageMs, bool isFresh)
    {
        var now = Noon.AddMilliseconds(ageMs);

        Assert.Equal(isFresh, Balance(2m, 1m, 1m).IsFresh(TimeSpan.FromSeconds(5), now));
    }

    private static BalanceInfo Balance(decimal total, decimal available, decimal locked) =>
        new(new Usd(total), new Usd(available), new Usd(locked), Noon);
}
