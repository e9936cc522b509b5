using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;
using Perpkeel.Simulation.Markets.Synthetic;
using Perpkeel.Simulation.Matching;
using Xunit;

namespace Perpkeel.Simulation.Tests.Matching;

/// <summary>Whatever is ordered and whatever happens, money and sizes add up.</summary>
[Trait("Req", "PAP-1")]
public sealed class ExchangeProperties
{
    private const decimal Deposit = 3_000m;
    private const int Walks = 150;
    private const int StepsInWalk = 150;

    private static readonly Lazy<VenueBench[]> Walked = new(
        () => [.. Enumerable.Range(0, Walks).Select(seed => Walk(new SeededRandom((ulong)seed)))]);

    [Fact]
    public void Money_is_the_deposit_less_purchases_and_fees_plus_funding() => Holds(venue =>
    {
        var money = Deposit;
        foreach (var report in venue.Reports)
        {
            money += report switch
            {
                VenueReport.Filled fill =>
                    -(fill.Side.Sign() * fill.Price.Value * fill.Size.Value) - fill.Fee.Value,
                VenueReport.Liquidated fill =>
                    -(fill.Side.Sign() * fill.Price.Value * fill.Size.Value) - fill.Fee.Value,
                VenueReport.FundingPaid paid => paid.Payment.Value,
                _ => 0m,
            };
        }

        Assert.Equal(money, venue.Usdc);
    });

    [Fact]
    public void The_position_is_the_sum_of_the_fills() => Holds(venue => Assert.Equal(
        venue.Reports.Sum(report => report switch
        {
            VenueReport.Filled fill => fill.Side.Sign() * fill.Size.Value,
            VenueReport.Liquidated fill => fill.Side.Sign() * fill.Size.Value,
            _ => 0m,
        }),
        venue.Position));

    [Fact]
    public void No_order_fills_more_than_its_size_and_its_end_says_what_it_filled() => Holds(venue =>
    {
        var orders = venue.Reports.OfType<VenueReport.Opened>().ToDictionary(report => report.Order.ClientId);
        var fills = venue.Reports.OfType<VenueReport.Filled>().ToLookup(report => report.ClientId);
        foreach (var (id, opened) in orders)
        {
            Assert.InRange(fills[id].Sum(fill => fill.Size.Value), 0m, opened.Order.Size.Value);
        }

        foreach (var ended in venue.Reports.OfType<VenueReport.Ended>())
        {
            Assert.Equal(fills[ended.ClientId].Sum(fill => fill.Size.Value), ended.FilledSize.Value);
        }
    });

    [Fact]
    public void A_reduce_only_fill_never_grows_or_turns_the_position() => Holds(venue =>
    {
        var orders = venue.Reports.OfType<VenueReport.Opened>().ToDictionary(report => report.Order.ClientId);
        var position = 0m;
        foreach (var report in venue.Reports)
        {
            var before = position;
            if (report is VenueReport.Liquidated taken) position += taken.Side.Sign() * taken.Size.Value;
            if (report is not VenueReport.Filled fill) continue;
            position += fill.Side.Sign() * fill.Size.Value;
            if (!orders[fill.ClientId].Order.ReduceOnly) continue;
            Assert.True(Math.Abs(position) < Math.Abs(before) && position * before >= 0m);
        }
    });

    [Fact]
    [Trait("Req", "STA-3")]
    public void Books_made_of_the_reports_are_the_books() => Holds(venue =>
    {
        var books = new VenueAccount([VenueBench.Btc, VenueBench.Eth]);
        foreach (var report in venue.Reports) books.Apply(report);

        var account = venue.Exchange.Account;
        Assert.Equal(account.Quote, books.Quote);
        Assert.Equal(account.Position(0), books.Position(0));
        Assert.Equal(account.Sequence, books.Sequence);
        Assert.Equal(account.Placements, books.Placements);
        Assert.Equal(
            account.Orders.Select(order => (order.Intent, order.Filled, order.Fired)),
            books.Orders.Select(order => (order.Intent, order.Filled, order.Fired)));
    });

    private static void Holds(Action<VenueBench> property)
    {
        var fills = Walked.Value.Sum(venue => venue.Reports.OfType<VenueReport.Filled>().Count());
        var liquidations = Walked.Value.Sum(venue => venue.Reports.OfType<VenueReport.Liquidated>().Count());
        Assert.True(fills > 1_000 && liquidations > 10, $"{fills} fills, {liquidations} liquidations");

        Assert.All(Walked.Value, property);
    }

    private static VenueBench Walk(SeededRandom random)
    {
        var venue = new VenueBench(Deposit);
        var price = 50_000L;
        for (var step = 0; step < StepsInWalk; step++)
        {
            venue.Wait(0.7);
            switch (Below(random, 8))
            {
                case 0 or 1:
                    price = Math.Max(10_000, price + Below(random, 1_401) - 700);
                    venue.Deep(price - 1 - Below(random, 3), price + 1, price);
                    break;
                case 2:
                    venue.Level(
                        Below(random, 2) == 0 ? Side.Buy : Side.Sell, price + Below(random, 20) - 10,
                        Below(random, 20) / 100m);
                    break;
                case 3:
                    venue.Trade(price + Below(random, 400) - 200, (1 + Below(random, 50)) / 100m);
                    break;
                case 4 when Below(random, 6) == 0:
                    venue.Funding((Below(random, 200) - 100) / 100_000m);
                    break;
                case 5:
                    venue.Cancel(new ClientOrderId((uint)(1 + Below(random, StepsInWalk))));
                    break;
                default:
                    venue.Place(AnyOrder(venue, random, price));
                    break;
            }
        }

        return venue;
    }

    private static OrderIntent AnyOrder(VenueBench venue, SeededRandom random, long price)
    {
        var side = Below(random, 2) == 0 ? Side.Buy : Side.Sell;
        var size = (1 + Below(random, 5_000)) / 10_000m;
        var near = price + Below(random, 600) - 300;
        return Below(random, 5) switch
        {
            0 => venue.Order(OrderKind.Limit, side, size, near),
            1 => venue.Protection(OrderKind.StopMarket, side, near, size),
            2 => venue.Protection(OrderKind.TakeProfitMarket, side, near, size),
            3 => venue.Order(OrderKind.Market, side, size, price + (side.Sign() * 500), reduceOnly: true),
            _ => venue.Order(OrderKind.Market, side, size, price + (side.Sign() * 500)),
        };
    }

    private static int Below(SeededRandom random, int bound) => (int)(random.NextBits() % (ulong)bound);
}
