using System.Collections.Immutable;
using Perpkeel.Core.Instruments;
using Perpkeel.Core.MarketData;
using Perpkeel.Core.Numbers;
using Perpkeel.Core.Orders;

namespace Perpkeel.Core.Engine;

/// <summary>An entry as it is wanted, before any limit was looked at.</summary>
internal sealed record EntryWish
{
    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>Oracle price of the stop; null where the distance says it.</summary>
    public Price? Stop { get; init; }

    /// <summary>Distance of the stop from the entry, as a fraction of it.</summary>
    public decimal? StopDistance { get; init; }

    /// <summary>Oracle price of the target; null where the ratio of reward to risk says it.</summary>
    public Price? Target { get; init; }

    /// <summary>How much; null: as much as the limits allow.</summary>
    public Size? Size { get; init; }

    /// <summary>How it waits for a price; null: it takes at the market.</summary>
    public EntryTerms? Terms { get; init; }

    /// <summary>What rests against it, best first; empty where nobody knows.</summary>
    public ImmutableArray<DepthLevel> Depth { get; init; } = [];

    /// <summary>Notional that is open in its market already.</summary>
    public Usd OpenExposure { get; init; }

    /// <summary>
    /// How many orders of it, with its stop and its target, the venue keeps in its state.
    /// </summary>
    public int Placements => Terms?.Time is OrderTime.GoodTilTime or OrderTime.PostOnly ? 3 : 2;
}

/// <summary>An entry that passed every limit.</summary>
internal sealed record EntryPlan
{
    /// <summary>How much.</summary>
    public required Size Size { get; init; }

    /// <summary>The price at which it is expected to fill.</summary>
    public required Price Expected { get; init; }

    /// <summary>Worst price of the entry.</summary>
    public required Price EntryLimit { get; init; }

    /// <summary>Oracle price at which the stop wakes.</summary>
    public required Price StopTrigger { get; init; }

    /// <summary>Distance of the stop from the entry, as a fraction of it.</summary>
    public required decimal StopDistance { get; init; }

    /// <summary>Oracle price at which the target wakes.</summary>
    public required Price TargetTrigger { get; init; }

    /// <summary>Worst price of the target.</summary>
    public required Price TargetLimit { get; init; }

    /// <summary>Collateral set aside for each base unit.</summary>
    public required Usd ReservePerUnit { get; init; }

    /// <summary>The limit that bound the size.</summary>
    public required string SizedBy { get; init; }

    /// <summary>Every limit that was considered, with its value.</summary>
    public required ImmutableArray<string> Limits { get; init; }
}
