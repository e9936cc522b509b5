using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Running;

/// <summary>One bracket as far as its facts tell.</summary>
/// <param name="Side">Which way.</param>
/// <param name="Planned">The size that was planned.</param>
/// <param name="Held">What is held of it.</param>
/// <param name="Stop">The stop that stands at the venue; null while none does.</param>
/// <param name="Target">The target that stands at the venue; null while none does.</param>
internal sealed record OpenBracket(
    Side Side, Size Planned, Size Held, OrderIntent? Stop, OrderIntent? Target);

/// <summary>What can be read off a journal without knowing its markets.</summary>
internal sealed record FactSums
{
    /// <summary>Where the markets come from.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Engine time of the last fact.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Sequence of the last fact.</summary>
    public long Sequence { get; init; }

    /// <summary>Equity at the last mark; the deposits before the first.</summary>
    public Usd Equity { get; init; }

    /// <summary>Engine time of the last mark; null before the first.</summary>
    public DateTimeOffset? EquityAt { get; init; }

    /// <summary>What ended trades brought in.</summary>
    public Usd Realised { get; init; }

    /// <summary>Open brackets by market.</summary>
    public ImmutableSortedDictionary<MarketId, OpenBracket> Open { get; init; } =
        ImmutableSortedDictionary<MarketId, OpenBracket>.Empty;

    /// <summary>The sums after one more fact.</summary>
    public FactSums After(JournaledFact fact)
    {
        var sums = this with { At = fact.At, Sequence = fact.Sequence };
        return fact.Fact switch
        {
            Fact.AccountOpened opened => sums with { Source = opened.Source },
            Fact.EntryPlanned { Bracket: var bracket } => sums with
            {
                Open = Open.SetItem(bracket.Market, new OpenBracket(
                    bracket.Side, bracket.Size, Size.Zero, null, null)),
            },
            Fact.BracketEnded ended => sums with
            {
                Open = Open.Remove(ended.Market),
                Realised = Realised + ended.Realised,
            },
            Fact.EquityMarked marked => sums with { Equity = marked.Equity, EquityAt = fact.At },
            Fact.Reported { Report: VenueReport.Deposited deposited } => sums with
            {
                Equity = Equity + deposited.Amount,
            },
            Fact.Reported { Report: VenueReport.Opened opened } => With(sums, opened.Order.Market, open =>
                opened.Order.Role switch
                {
                    OrderRole.Stop => open with { Stop = opened.Order },
                    OrderRole.Target => open with { Target = opened.Order },
                    _ => open,
                }),
            Fact.Reported { Report: VenueReport.Ended ended } => sums with
            {
                Open = Open.ToImmutableSortedDictionary(
                    pair => pair.Key, pair => Without(pair.Value, ended.ClientId)),
            },
            Fact.Reported { Report: VenueReport.Filled fill } =>
                Moved(sums, fill.Market, fill.Side, fill.Size),
            Fact.Reported { Report: VenueReport.Liquidated fill } =>
                Moved(sums, fill.Market, fill.Side, fill.Size),
            _ => sums,
        };
    }

    private static OpenBracket Without(OpenBracket open, ClientOrderId ended) => open with
    {
        Stop = open.Stop?.ClientId == ended ? null : open.Stop,
        Target = open.Target?.ClientId == ended ? null : open.Target,
    };

    private static FactSums Moved(FactSums sums, MarketId market, Side side, Size size) =>
        With(sums, market, open => open with
        {
            Held = open.Held + new Size(size.Value * side.Sign() * open.Side.Sign()),
        });

    private static FactSums With(FactSums sums, MarketId market, Func<OpenBracket, OpenBracket> change) =>
        sums.Open.TryGetValue(market, out var open)
            ? sums with { Open = sums.Open.SetItem(market, change(open)) }
            : sums;
}
