using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;

namespace Perpkeel.Core.Accounts;

/// <summary>
/// What an account holds in one market, with the money that went through it since it was last flat.
/// </summary>
public sealed record Position
{
    /// <summary>Its market.</summary>
    public required MarketId Market { get; init; }

    /// <summary>Signed size; zero after it was closed, until its bracket has ended.</summary>
    public required Size Size { get; init; }

    /// <summary>
    /// Average price of what opened it; unchanged by reductions; the price of the fill that flipped it.
    /// </summary>
    public required Price EntryPrice { get; init; }

    /// <summary>What its fills brought in: sales less purchases, fees left out.</summary>
    public required Usd CashFlow { get; init; }

    /// <summary>What its fills cost in fees.</summary>
    public required Usd Fees { get; init; }

    /// <summary>What funding brought in; negative was paid.</summary>
    public required Usd Funding { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Which way it goes.</summary>
    public Side Side => Sides.Of(Size.Value);

    /// <summary>What it has brought in once it is flat: fees and funding included.</summary>
    public Usd Realised => CashFlow - Fees + Funding;

    /// <summary>
    /// Worth of the position at a price over what opening it cost; fees and funding left out.
    /// </summary>
    public Usd UnrealisedAt(Price mark) => (mark * Size) - (EntryPrice * Size);

    /// <summary>The position after a fill.</summary>
    /// <param name="position">The position before; null when flat.</param>
    /// <param name="market">Its market.</param>
    /// <param name="side">The fill's side.</param>
    /// <param name="price">The fill's price.</param>
    /// <param name="size">The fill's size, positive.</param>
    /// <param name="value">The fill's worth as the venue reckons it, positive.</param>
    /// <param name="fee">The fill's fee.</param>
    /// <param name="at">When.</param>
    public static Position After(
        Position? position, MarketId market, Side side, Price price, Size size, Usd value, Usd fee,
        DateTimeOffset at)
    {
        var before = position ?? new Position
        {
            Market = market,
            Size = Size.Zero,
            EntryPrice = price,
            CashFlow = Usd.Zero,
            Fees = Usd.Zero,
            Funding = Usd.Zero,
            OpenedAt = at,
        };
        var change = new Size(size.Value * side.Sign());
        var after = before.Size + change;
        return before with
        {
            Size = after,
            EntryPrice = EntryAfter(before, change, after, price),
            CashFlow = before.CashFlow - new Usd(value.Value * side.Sign()),
            Fees = before.Fees + fee,
        };
    }

    private static Price EntryAfter(Position before, Size change, Size after, Price price)
    {
        if (before.Size.IsZero) return price;
        var sameSide = Math.Sign(before.Size.Value) == Math.Sign(change.Value);
        if (sameSide)
        {
            var cost = (before.EntryPrice.Value * before.Size.Value) + (price.Value * change.Value);
            return new Price(cost / after.Value);
        }

        var flipped = Math.Sign(after.Value) == Math.Sign(change.Value);
        return flipped ? price : before.EntryPrice;
    }
}
