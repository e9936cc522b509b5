using Perpkeel.Core.Instruments;
using Perpkeel.Core.Orders;

namespace Perpkeel.Testing.Live;

/// <summary>
/// Knows from the venue's own books which positions stand there without a stop for all of them, and for how
/// long. Asks nobody else.
/// </summary>
public sealed class BareWatch(AutoVenue venue)
{
    private readonly Dictionary<MarketId, DateTimeOffset> _since = [];

    /// <summary>The longest stretch that is over.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The longest stretch, the present ones included.</summary>
    public TimeSpan LongestAt(DateTimeOffset now)
    {
        var open = _since.Values.Select(since => now - since).DefaultIfEmpty().Max();
        return open > Longest ? open : Longest;
    }

    /// <summary>Something has changed at the venue.</summary>
    internal void Look(DateTimeOffset now)
    {
        foreach (var market in venue.Markets)
        {
            var size = venue.Books.SizeIn(market.Id);
            if (size == 0m || venue.Live.Any(order => Protects(order, market.Id, size)))
            {
                if (_since.Remove(market.Id, out var since) && now - since > Longest) Longest = now - since;
            }
            else
            {
                _since.TryAdd(market.Id, now);
            }
        }
    }

    private static bool Protects(AutoOrder order, MarketId market, decimal size) =>
        order.Intent.Kind == OrderKind.StopMarket && order.Intent.Market == market
        && order.Intent.Side.Sign() == -Math.Sign(size) && order.Remaining.Value >= Math.Abs(size);
}
