using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Live;

/// <summary>What becomes of orders at an <see cref="AutoVenue"/>.</summary>
internal sealed class AutoMatching(AutoVenue venue)
{
    private const decimal TakerFee = 0.0005m;
    private const decimal MakerFee = 0.0001m;

    public void OnArrival(AutoOrder order)
    {
        order.UnderWay--;
        if (order.HasArrived) return;
        order.HasArrived = true;
        venue.Arrived?.Invoke(order);
        if (order.Script.IsRejected || (order.Intent.Time == OrderTime.PostOnly && Crosses(order)))
        {
            order.IsOver = true;
            venue.Tell(new VenueReport.Rejected
            {
                Sequence = venue.Books.Next,
                At = venue.Now,
                ClientId = order.Intent.ClientId,
                Code = "scripted",
                Message = "The script rejects it.",
            });
            return;
        }

        venue.Tell(new VenueReport.Opened
        {
            Sequence = venue.Books.Next,
            At = venue.Now,
            Order = order.Intent,
        });
        if (order.Script.DroppedAfter is { } life)
        {
            venue.After(life, () => venue.End(order, order.Script.DroppedAs));
        }

        if (order.Intent.IsConditional || order.Intent.MayRest) OnPrice(order);
        else MatchLater(order);
    }

    /// <summary>The price stands where it may wake or fill an order.</summary>
    public void OnPrice(AutoOrder order)
    {
        if (!order.IsLive || order.IsMatching) return;
        if (order.Intent is { IsConditional: true, Trigger: { } trigger })
        {
            if (!order.IsTriggered && IsReached(order.Intent, trigger.Value)) Trigger(order);
        }
        else if (order.Intent.MayRest && Crosses(order))
        {
            MatchLater(order);
        }
    }

    public void OnCancel(AutoOrder order, CancelScript script)
    {
        if (!order.IsLive || order.IsTriggered || script.IsRefused)
        {
            venue.Tell(new VenueReport.CancelRefused
            {
                Sequence = venue.Books.Next,
                At = venue.Now,
                ClientId = order.Intent.ClientId,
            });
            return;
        }

        if (script.IsTooLate)
        {
            if (order.Intent.IsConditional) Trigger(order);
            else Fill(order, order.Remaining, order.Intent.MayRest);
        }

        if (order.IsTriggered || order.IsOver) OnCancel(order, script with { IsRefused = true });
        else venue.End(order, OrderEnding.Cancelled);
    }

    private void Trigger(AutoOrder order)
    {
        order.IsTriggered = true;
        venue.Tell(new VenueReport.Triggered
        {
            Sequence = venue.Books.Next,
            At = venue.Now,
            ClientId = order.Intent.ClientId,
            Oracle = new Price(venue.Books.Price(order.Intent.Market)),
        });
        MatchLater(order);
    }

    private void MatchLater(AutoOrder order)
    {
        order.IsMatching = true;
        venue.After(venue.Block, () => Match(order));
    }

    private void Match(AutoOrder order)
    {
        order.IsMatching = false;
        if (!order.IsLive) return;
        var market = venue.Books.Market(order.Intent.Market);
        var parts = order.Script.Parts;
        var wanted = parts.IsEmpty ? order.Remaining
            : order.PartsFilled < parts.Length
                ? market.FloorToStep(order.Intent.Size.Value * parts[order.PartsFilled++])
                : Size.Zero;
        if (Crosses(order)) Fill(order, Size.Min(wanted, order.Remaining), isMaker: false);
        if (order.IsOver) return;
        if (order.PartsFilled < parts.Length && Crosses(order)) MatchLater(order);
        else if (!order.Intent.MayRest) venue.End(order, Over(order));
    }

    private void Fill(AutoOrder order, Size wanted, bool isMaker)
    {
        var size = venue.Books.Fillable(order, wanted);
        if (size > Size.Zero)
        {
            var market = venue.Books.Market(order.Intent.Market);
            var price = isMaker || order.Intent.MayRest
                ? order.Intent.Limit
                : Taken(market, order.Intent.Side);
            var fee = venue.Books.Trade(
                order.Intent.Market, order.Intent.Side, price, size, isMaker ? MakerFee : TakerFee);
            order.Filled += size;
            venue.Tell(new VenueReport.Filled
            {
                Sequence = venue.Books.Next,
                At = venue.Now,
                ClientId = order.Intent.ClientId,
                Market = order.Intent.Market,
                Side = order.Intent.Side,
                Price = price,
                Size = size,
                Fee = fee,
                Kind = isMaker ? FillKind.Maker : FillKind.Taker,
            });
        }

        if (order.Remaining.IsZero) venue.End(order, OrderEnding.Filled);
    }

    private OrderEnding Over(AutoOrder order) =>
        order.Intent.ReduceOnly && venue.Books.Fillable(order, order.Remaining).IsZero
            ? OrderEnding.ReduceOnly
            : OrderEnding.RestDropped;

    /// <summary>Whether the market's other side lies within the order's limit.</summary>
    private bool Crosses(AutoOrder order)
    {
        var price = Taken(venue.Books.Market(order.Intent.Market), order.Intent.Side);
        return order.Intent.Side == Side.Buy ? price <= order.Intent.Limit : price >= order.Intent.Limit;
    }

    private Price Taken(Market market, Side side)
    {
        var oracle = venue.Books.Price(market.Id);
        return side == Side.Buy
            ? market.CeilingToTick(oracle + market.TickSize)
            : market.FloorToTick(oracle - market.TickSize);
    }

    private bool IsReached(OrderIntent order, decimal trigger)
    {
        var oracle = venue.Books.Price(order.Market);
        var fallsTo = order.Side == Side.Sell == (order.Kind == OrderKind.StopMarket);
        return fallsTo ? oracle <= trigger : oracle >= trigger;
    }
}
