using System.Collections.Immutable;
using Perpkeel.Core.Engine;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Cli.Running;

/// <summary>One bracket as far as its facts tell.</summary>
internal sealed record OpenBracket(Side Side, Size Held, Price Stop, Price Target);

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
                    bracket.Side, Size.Zero, bracket.StopTrigger, bracket.TargetTrigger)),
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
            Fact.Reported { Report: VenueReport.Filled fill } =>
                Moved(sums, fill.Market, fill.Side, fill.Size),
            Fact.Reported { Report: VenueReport.Liquidated fill } =>
                Moved(sums, fill.Market, fill.Side, fill.Size),
            _ => sums,
        };
    }

    private static FactSums Moved(FactSums sums, MarketId market, Side side, Size size) =>
        sums.Open.TryGetValue(market, out var open)
            ? sums with
            {
                Open = sums.Open.SetItem(market, open with
                {
                    Held = open.Held + new Size(size.Value * side.Sign() * open.Side.Sign()),
                }),
            }
            : sums;
}
