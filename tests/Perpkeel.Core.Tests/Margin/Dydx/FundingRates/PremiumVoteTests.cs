using Perpkeel.Core.Instruments;
using Perpkeel.Core.Margin.Dydx.FundingRates;
using Perpkeel.Core.Numbers;
using Xunit;

namespace Perpkeel.Core.Tests.Margin.Dydx.FundingRates;

[Trait("Req", "MAR-11")]
public sealed class PremiumVoteTests
{
    private const long OneBtc = 10_000_000_000;

    [Fact]
    public void A_book_above_the_index_has_a_premium_and_one_below_a_discount()
    {
        Assert.Equal(new Ppm(10_000), Premium(Index(99_009_900), Bid(100_000_000), Ask(101_000_000)));
        Assert.Equal(new Ppm(-9_900), Premium(Index(102_009_898), Bid(100_000_000), Ask(101_000_000)));
        Assert.Equal(new Ppm(0), Premium(Index(100_500_000), Bid(100_000_000), Ask(101_000_000)));
    }

    [Fact]
    public void At_the_best_price_there_is_none()
    {
        Assert.Equal(new Ppm(0), Premium(Index(100_000_000), Bid(100_000_000)));
        Assert.Equal(new Ppm(0), Premium(Index(100_000_000), Ask(100_000_000)));
        Assert.Equal(new Ppm(0), Premium(Index(100_000_000)));
    }

    [Fact]
    public void An_impact_price_on_the_other_side_of_the_index_is_no_premium() => Assert.Equal(
        new Ppm(0),
        Premium(Index(99_990_000), Bid(100_000_000, OneBtc / 1_000), Bid(99_000_000)));

    [Fact]
    public void A_book_too_thin_for_the_impact_has_no_premium()
    {
        // 5,000 of impact at 10,000 are half a bitcoin.
        Assert.Equal(new Ppm(10_000), Premium(Index(99_009_900), Bid(100_000_000, OneBtc / 2)));
        Assert.Equal(new Ppm(0), Premium(Index(99_009_900), Bid(100_000_000, (OneBtc / 2) - 1)));
    }

    [Fact]
    public void It_rounds_toward_zero_and_ends_at_its_bound()
    {
        // 1 / 3 of a millionth more and less than whole ppm.
        Assert.Equal(new Ppm(333_333), Premium(Index(75_000_000), Bid(100_000_000)));
        Assert.Equal(new Ppm(-333_333), Premium(Index(150_000_000), Ask(100_000_000)));
        Assert.Equal(new Ppm(600_000), Premium(Index(10_000_000), Bid(100_000_000)));
        Assert.Equal(new Ppm(-600_000), Premium(Index(1_000_000_000), Ask(100_000_000)));
    }

    [Fact]
    public void Without_an_impact_notional_the_best_price_counts()
    {
        var vote = Index(99_009_900) with { ImpactNotional = 0 };

        Assert.Equal(new Ppm(10_000), Premium(vote, Bid(100_000_000, 1), Bid(1_000)));
    }

    [Fact]
    public void A_price_of_zero_and_a_crossed_book_are_refused()
    {
        Assert.Equal(
            "zero-index-price-for-premium-calculation", Expect.Bad(Index(0).Of([Bid(100_000_000)])).Code);
        Assert.Equal(
            "crossing-orderbook",
            Expect.Bad(Index(1).Of([Bid(100_000_000), Ask(100_000_000)])).Code);
    }

    /// <summary>At an index price in subticks of the book: 10^-4 of the integer price.</summary>
    private static PremiumVote Index(long subticks) => new()
    {
        QuantumConversionExponent = -8,
        AtomicResolution = -10,
        IndexExponent = -4,
        IndexPrice = subticks,
        ImpactNotional = 5_000_000_000,
        Most = new Ppm(600_000),
    };

    private static BookOrder Bid(long subticks, long quantums = OneBtc) =>
        new(Side.Buy, quantums, subticks);

    private static BookOrder Ask(long subticks, long quantums = OneBtc) =>
        new(Side.Sell, quantums, subticks);

    private static Ppm Premium(PremiumVote vote, params BookOrder[] orders) => Expect.Good(vote.Of(orders));
}
